import { describe, expect, it } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { headRoom } from './head-room'

const room = (totalCents: number, authorizedCents: number, status: 'estimate' | 'in_progress' | 'closed' = 'in_progress') =>
  headRoom({ totalCents: cents(totalCents), authorizedCents: cents(authorizedCents), status })

describe('head-room', () => {
  it('says what is left', () => {
    expect(room(40_000, 50_000)).toEqual({ tone: 'good', sentence: '$100.00 left before a new authorization is needed.', usedPercent: 80 })
  })

  it('allows exactly the authorized amount and not one cent more', () => {
    expect(room(50_000, 50_000)).toMatchObject({ tone: 'good', usedPercent: 100 })
    expect(room(50_001, 50_000)).toEqual({ tone: 'bad', sentence: 'Over by $0.01: needs a new authorization.', usedPercent: 100 })
  })

  it('counts what the law of the state adds', () => {
    const colorado = (totalCents: number) =>
      headRoom({ totalCents: cents(totalCents), authorizedCents: cents(20_000), status: 'in_progress' }, cents(2_000))
    expect(colorado(20_000).sentence).toBe('$20.00 left before a new authorization is needed.')
    expect(colorado(22_000)).toMatchObject({ tone: 'good', sentence: '$0.00 left before a new authorization is needed.', usedPercent: 100 })
    expect(colorado(22_001)).toMatchObject({ tone: 'bad', sentence: 'Over by $0.01: needs a new authorization.' })
  })

  it('never shows a full bar while something is left', () => {
    expect(room(49_999, 50_000).usedPercent).toBe(99)
  })

  it('tells an empty estimate from one nobody authorized', () => {
    expect(room(0, 0, 'estimate').tone).toBe('calm')
    expect(room(100, 0, 'estimate').tone).toBe('warn')
  })

  it('does not ask for anything on a closed order, and bears a total below zero', () => {
    expect(room(40_000, 50_000, 'closed').tone).toBe('calm')
    expect(room(-500, 50_000).usedPercent).toBe(0)
  })
})
