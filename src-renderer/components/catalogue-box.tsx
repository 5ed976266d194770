import type { KeyboardEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import { makesQuery, modelsQuery } from '../base/vin-catalogue'
import { Autocomplete } from './autocomplete'

interface NameBoxProps {
  value: string
  onValueChange: (value: string) => void
  /** names that were sold in this year */
  year: number | null
  onBlur?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
  readOnly?: boolean
}

/** A make, with suggestions of the catalogue; any other text is fine too. */
export function MakeBox({ year, ...box }: NameBoxProps) {
  const { data } = useQuery({ ...makesQuery(box.value.trim(), year), enabled: !box.readOnly })
  return <NameBox {...box} names={data ?? []} />
}

/** A model of the make beside it. */
export function ModelBox({ year, make, ...box }: NameBoxProps & { make: string }) {
  const { data } = useQuery({ ...modelsQuery(make.trim(), box.value.trim(), year), enabled: !box.readOnly && make.trim() !== '' })
  return <NameBox {...box} names={data ?? []} />
}

function NameBox({ names, value, onValueChange, ...input }: Omit<NameBoxProps, 'year'> & { names: readonly string[] }) {
  // A name that is written out needs no list in front of the next field.
  const items = names.length === 1 && names[0] === value.trim() ? [] : names
  return (
    <Autocomplete
      {...input}
      text={value}
      onTextChange={onValueChange}
      items={items}
      itemKey={(name) => name}
      renderItem={(name) => name}
      onChoose={onValueChange}
    />
  )
}
