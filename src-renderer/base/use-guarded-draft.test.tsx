import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { CallError } from './errors'
import { useGuardedDraft } from './use-guarded-draft'

const start = { name: 'North', type: 'lift', isActive: true }
const conflict = (current: Partial<typeof start>) => new CallError('EDIT_CONFLICT', 'Changed.', { current })

describe('a form that is stored by one guarded call', () => {
  it('sends what was changed, with what stood there', () => {
    const { result } = renderHook(() => useGuardedDraft(start))
    expect(result.current.edit()).toEqual({ was: {}, now: {} })
    act(() => result.current.change({ name: 'South' }))
    expect(result.current.edit()).toEqual({ was: { name: 'North' }, now: { name: 'South' } })
  })

  it('keeps what was typed after a conflict and sends it again only when the user says so', () => {
    const { result } = renderHook(() => useGuardedDraft(start))
    act(() => result.current.change({ name: 'South', type: 'tire' }))
    act(() => result.current.refused(conflict({ name: 'East', type: 'lift' })))
    expect(result.current.hasConflict).toBe(true)
    expect(result.current.draft).toEqual({ ...start, name: 'South', type: 'tire' })
    expect(result.current.conflictOf('name')?.theirs).toBe('East')
    expect(result.current.conflictOf('type')).toBeUndefined()
    act(() => result.current.conflictOf('name')?.keepMine())
    expect(result.current.hasConflict).toBe(false)
    expect(result.current.edit()).toEqual({ was: { name: 'East', type: 'lift' }, now: { name: 'South', type: 'tire' } })
  })

  it('takes theirs, and then has nothing to change there', () => {
    const { result } = renderHook(() => useGuardedDraft(start))
    act(() => result.current.change({ isActive: false }))
    act(() => result.current.refused(conflict({ isActive: false })))
    expect(result.current.hasConflict).toBe(false)
    act(() => result.current.change({ name: 'South' }))
    act(() => result.current.refused(conflict({ name: 'East' })))
    act(() => result.current.conflictOf('name')?.takeTheirs())
    expect(result.current.edit()).toEqual({ was: {}, now: {} })
    expect(result.current.draft).toEqual({ name: 'East', type: 'lift', isActive: false })
  })

  it('has no choice to offer when the call was refused for another reason', () => {
    const { result } = renderHook(() => useGuardedDraft(start))
    act(() => result.current.refused(new CallError('DUPLICATE', 'There is one.')))
    expect(result.current.hasConflict).toBe(false)
  })
})
