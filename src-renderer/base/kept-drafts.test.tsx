import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, describe, expect, it } from 'vitest'
import type { SessionStatus } from '../../src-preload/contract/session'
import { forgetDraftsOf, useKeptDraft, useKeptDrafts } from './kept-drafts'
import { queryClient } from './query-client'
import { sessionQuery } from './session'
import { askBeforeUnload } from './unsaved'

const ZOE = 'zoe'
const BEN = 'ben'

let serial = 0
let undo = (): void => undefined

function Note({ about }: { about: string }) {
  const kept = useKeptDraft(
    `note ${about}`,
    () => ({ id: (serial += 1), text: '' }),
    (draft, blank) => draft.text !== blank.text,
  )
  const others = useKeptDrafts('note')
  return (
    <>
      <input
        aria-label="Note"
        value={kept.draft.text}
        onChange={({ target }) => kept.change((before) => ({ ...before, text: target.value }))}
      />
      <output>{JSON.stringify({ ...kept.draft, isFromBefore: kept.isFromBefore, kept: others.map(({ key }) => key) })}</output>
      <button type="button" onClick={() => (undo = kept.startAfresh())}>
        afresh
      </button>
      <button type="button" onClick={kept.forget}>
        sent
      </button>
    </>
  )
}

function open(person: string, about = 'a'): () => void {
  queryClient.setQueryData(sessionQuery.queryKey, { user: { id: person }, shop: {} } as unknown as SessionStatus)
  return render(
    <QueryClientProvider client={queryClient}>
      <Note about={about} />
    </QueryClientProvider>,
  ).unmount
}

const state = (): unknown => JSON.parse(screen.getByRole('status').textContent ?? '')
const type = (text: string): Promise<void> => userEvent.type(screen.getByLabelText('Note'), text)

afterEach(() => {
  cleanup()
  for (const person of [ZOE, BEN]) forgetDraftsOf(person)
})

describe('a draft whose screen was left', () => {
  it('is there again with the id it had', async () => {
    const leave = open(ZOE)
    await type('squeaks')
    const before = state()
    leave()
    open(ZOE)
    expect(state()).toEqual({ ...(before as object), isFromBefore: true })
  })

  it('is of one thing and of one person alone', async () => {
    open(ZOE)()
    const leave = open(ZOE)
    await type('squeaks')
    leave()
    open(ZOE, 'b')()
    const other = open(ZOE, 'b')
    expect(state()).toMatchObject({ text: '', isFromBefore: false, kept: ['note a'] })
    other()
    const ben = open(BEN)
    expect(state()).toMatchObject({ text: '', isFromBefore: false, kept: [] })
    ben()
    open(ZOE)
    expect(state()).toMatchObject({ text: 'squeaks' })
  })

  it('is not kept when nothing is left of what was typed', async () => {
    const leave = open(ZOE)
    await type('s{Backspace}')
    leave()
    open(ZOE)
    expect(state()).toMatchObject({ text: '', isFromBefore: false, kept: [] })
  })

  it('is started afresh under another id, and that is undone', async () => {
    const leave = open(ZOE)
    await type('squeaks')
    leave()
    open(ZOE)
    const before = state() as { id: number }
    await userEvent.click(screen.getByText('afresh'))
    const fresh = state() as { id: number }
    expect(fresh).toMatchObject({ text: '', isFromBefore: false })
    expect(fresh.id).not.toBe(before.id)
    undo()
    expect(await screen.findByText(/squeaks/)).toBeTruthy()
    expect(state()).toEqual(before)
  })

  it('is gone when it is sent, and when its person signs out', async () => {
    const leave = open(ZOE)
    await type('squeaks')
    await userEvent.click(screen.getByText('sent'))
    expect(state()).toMatchObject({ text: '', kept: [] })
    await type('rattles')
    leave()
    forgetDraftsOf(ZOE)
    open(ZOE)
    expect(state()).toMatchObject({ text: '', kept: [] })
  })

  it('makes the browser ask before the page is loaded again, whoever is there by then', async () => {
    askBeforeUnload()
    const isAsked = (): boolean => !fireEvent(window, new Event('beforeunload', { cancelable: true }))
    expect(isAsked()).toBe(false)
    const leave = open(ZOE)
    await type('squeaks')
    leave()
    open(BEN)
    expect(isAsked()).toBe(true)
    forgetDraftsOf(ZOE)
    expect(isAsked()).toBe(false)
  })
})
