import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { SearchHit } from '../../../src-preload/contract/customers'
import type { CallError } from '../../base/errors'
import type { Command } from './palette-commands'
import { searchQuery, SHORTEST_TEXT } from './search-api'

const PAUSE_MS = 40

/** A row of the list: something that was found, the way to add who was not, or something that can be done. */
export type Choice = { hit: SearchHit } | { newCustomer: string } | { command: Command }

export type Action = 'open' | 'check-in'

export interface SearchAnswer {
  /** rows to show: of this text, or of the text before until the answer is here */
  hits: readonly SearchHit[]
  /** the rows are the answer to exactly what stands in the box */
  isCurrent: boolean
  error: CallError | null
}

/** What is asked for a text as typed. */
export function tidyText(typed: string): string {
  return typed.trim().replace(/\s+/g, ' ')
}

/** Looks up what is typed, a moment after the last key. */
export function useSearch(typed: string): SearchAnswer {
  const text = tidyText(typed)
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const { data, error, isPlaceholderData } = useQuery(searchQuery(asked))
  if (text.length < SHORTEST_TEXT) return { hits: [], isCurrent: true, error: null }
  return { hits: data ?? [], isCurrent: asked === text && (error !== null || (data !== undefined && !isPlaceholderData)), error }
}
