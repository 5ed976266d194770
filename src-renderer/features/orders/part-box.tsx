import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { PartHit } from '../../../src-preload/contract/orders'
import { Amount } from '../../components/amount'
import { Autocomplete } from '../../components/autocomplete'
import { stockText } from './line-cells'
import { partsQuery, SHORTEST_TEXT } from './orders-api'

const PAUSE_MS = 60

interface PartBoxProps {
  text: string
  onTextChange: (text: string) => void
  onChoose: (part: PartHit) => void
}

/** A part by number, name or maker; a text that is none of the inventory is fine too. */
export function PartBox({ text, onTextChange, onChoose }: PartBoxProps) {
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const { data } = useQuery(partsQuery(asked))
  const items = text.trim().length < SHORTEST_TEXT ? [] : (data ?? [])
  return (
    <Autocomplete
      text={text}
      onTextChange={onTextChange}
      items={items}
      itemKey={(part) => part.id}
      renderItem={(part) => <PartRow part={part} />}
      onChoose={onChoose}
      placeholder="Number, name or maker"
    />
  )
}

function PartRow({ part }: { part: PartHit }) {
  const none = part.onHandHundredths <= 0
  return (
    <span className="flex items-center gap-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{part.description}</span>
        <span className="block truncate text-sm text-muted">
          {[part.partNumber, part.manufacturer, part.location].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className={`shrink-0 text-sm ${none ? 'font-medium text-warn' : 'text-muted'}`}>
        {stockText(part.onHandHundredths)} in stock
      </span>
      <span className="w-20 shrink-0 text-right">
        <Amount cents={part.priceCents} className="block font-medium" />
        {part.costCents !== null && (
          <span className="block text-xs text-muted">
            cost <Amount cents={part.costCents} />
          </span>
        )}
      </span>
    </span>
  )
}
