import { describe, expect, it } from 'vitest'
import { jobState } from './job-state'
import { rowAfterChange, rowsOf, stepRow } from './row-places'

const order = {
  jobs: [{ id: 'brakes' }, { id: 'oil' }],
  lines: [
    { id: 'loose', jobId: null },
    { id: 'pads', jobId: 'brakes' },
    { id: 'labor', jobId: 'brakes' },
  ],
}

describe('rows of the work', () => {
  const rows = rowsOf(order)

  it('stand as on the screen: each job with its lines, loose lines last', () => {
    expect(rows.map(({ id }) => id)).toEqual(['brakes', 'pads', 'labor', 'oil', 'loose'])
  })

  it('are walked with the arrow keys and end at the ends', () => {
    const walk = (from: (typeof rows)[number] | undefined, by: 1 | -1) => stepRow(rows, from, by)?.id
    expect(walk(undefined, 1)).toBe('brakes')
    expect(walk(undefined, -1)).toBe('loose')
    expect(walk(rows[2], 1)).toBe('oil')
    expect(walk(rows[4], 1)).toBe('loose')
    expect(walk(rows[0], -1)).toBe('brakes')
    expect(stepRow([], undefined, 1)).toBeUndefined()
  })

  it('give the focus on when one goes: to the one in its place, at the end to the last', () => {
    const without = (...gone: string[]) => rows.filter(({ id }) => !gone.includes(id))
    expect(rowAfterChange(rows, without('pads'), rows[1]!)?.id).toBe('labor')
    expect(rowAfterChange(rows, without('brakes', 'pads', 'labor'), rows[0]!)?.id).toBe('oil')
    expect(rowAfterChange(rows, without('loose'), rows[4]!)?.id).toBe('oil')
    expect(rowAfterChange(rows, [], rows[0]!)).toBeUndefined()
  })
})

describe('the answer to a job', () => {
  const state = (...statuses: ('quoted' | 'approved' | 'declined' | 'completed')[]) => jobState(statuses.map((status) => ({ status })))

  it('is declined only when every line is', () => {
    expect(state('declined', 'declined')).toBe('declined')
    expect(state('declined', 'approved')).toBe('approved')
  })

  it('is quoted as long as one line waits', () => {
    expect(state('approved', 'quoted')).toBe('quoted')
  })

  it('is completed when all that was approved is done', () => {
    expect(state('completed', 'declined')).toBe('completed')
    expect(state('completed', 'approved')).toBe('approved')
    expect(state()).toBe('empty')
  })
})
