import { answerWith, os } from '../../testing/fake-host'
import { cleanup, renderHook } from '@testing-library/react'
import { ORPCError } from '@orpc/server'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { useAutoLock } from './use-auto-lock'

const calls: string[] = []

beforeAll(() => {
  const refuse = (name: string) => () => {
    calls.push(name)
    throw new ORPCError('SCREEN_LOCKED', { message: 'locked' })
  }
  answerWith({
    session: { lock: os.session.lock.handler(refuse('lock')), stillHere: os.session.stillHere.handler(refuse('still here')) },
  })
})
beforeEach(() => {
  calls.length = 0
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const minutes = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 60_000)

describe('useAutoLock', () => {
  it('locks when nobody touched the station for the shop’s minutes, leaving the field first', async () => {
    const field = document.body.appendChild(document.createElement('input'))
    field.focus()
    renderHook(() => useAutoLock(5))
    await minutes(4.9)
    expect(calls).toEqual([])
    await minutes(0.2)
    expect(calls[0]).toBe('lock')
    expect(document.activeElement).toBe(document.body)
    field.remove()
  })

  it('does not lock while somebody types, and says so to the program often enough for the shortest time', async () => {
    renderHook(() => useAutoLock(5))
    for (let second = 0; second < 600; second += 10) {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))
      await vi.advanceTimersByTimeAsync(10_000)
    }
    expect(calls).not.toContain('lock')
    expect(calls.length).toBeGreaterThanOrEqual(18) // two a minute keep even one minute open
    expect(calls.length).toBeLessThanOrEqual(30)
  })

  it('says nothing when nobody is there', async () => {
    renderHook(() => useAutoLock(15))
    await minutes(14)
    expect(calls).toEqual([])
  })
})
