import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { PinPerson } from '../../../src-preload/contract/session'
import { roleNames } from '../../base/role-names'
import { Field } from '../../components/field'
import { PinInput } from '../../components/pin-input'
import { enterPin } from './session-api'

/** Who, by arrow keys or their number, then six digits: the sixth opens. */
export function PinPanel({
  people,
  first,
  onEntered,
  pinRef,
}: {
  people: readonly PinPerson[]
  first?: string | undefined
  onEntered?: () => void
  /** of the dialog that gives it the focus; without one it takes it */
  pinRef?: RefObject<HTMLInputElement | null>
}) {
  const [chosen, setChosen] = useState(first ?? people[0]?.id ?? '')
  const [pin, setPin] = useState('')
  const ownRef = useRef<HTMLInputElement>(null)
  const pinInput = pinRef ?? ownRef
  const attempt = useMutation({
    mutationFn: enterPin,
    onSuccess: () => onEntered?.(),
    onError: () => {
      setPin('')
      pinInput.current?.focus()
    },
  })

  const choose = (person: PinPerson | undefined): void => {
    if (!person) return
    setChosen(person.id)
    setPin('')
    attempt.reset()
    pinInput.current?.focus()
  }

  /** The PIN field has the focus; arrows choose the person above it. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = people.findIndex((person) => person.id === chosen)
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined || people.length < 2) return
    event.preventDefault()
    choose(people[(at + step + people.length) % people.length])
  }

  return (
    <div className="flex flex-col gap-5" onKeyDown={onKeyDown} role="presentation">
      <div role="radiogroup" aria-label="Who is at the counter?" className="grid grid-cols-2 gap-2">
        {people.map((person) => (
          <PersonTile key={person.id} person={person} chosen={person.id === chosen} onChoose={() => choose(person)} />
        ))}
      </div>
      <Field label="PIN" error={attempt.error?.message}>
        <PinInput
          ref={pinInput}
          value={pin}
          onValueChange={setPin}
          onComplete={(complete) => attempt.mutate({ userId: chosen, pin: complete })}
          busy={attempt.isPending}
          autoFocus={pinRef === undefined}
        />
      </Field>
    </div>
  )
}

function PersonTile({ person, chosen, onChoose }: { person: PinPerson; chosen: boolean; onChoose: () => void }) {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      tabIndex={chosen ? 0 : -1}
      onClick={onChoose}
      className="flex min-w-0 items-center gap-2.5 rounded-md border border-control p-2 text-left hover:bg-hover aria-checked:border-accent aria-checked:bg-accent-soft"
    >
      <span
        aria-hidden="true"
        className="flex size-9 shrink-0 items-center justify-center rounded-full bg-calm-soft text-sm font-semibold text-calm"
      >
        {`${person.firstName.slice(0, 1)}${person.lastName.slice(0, 1)}`}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{`${person.firstName} ${person.lastName}`}</span>
        <span className="block truncate text-sm text-muted">{roleNames[person.role]}</span>
      </span>
    </button>
  )
}
