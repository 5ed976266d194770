import { expect, test } from 'vitest'
import { asked, type CannedJob, chosenLines, fitting } from './canned-jobs'

const job = (id: string, name: string, code = '', lines: CannedJob['lines'] = []): CannedJob => ({ id, name, code, category: '', lines })
const oil = job('1', 'Oil service', 'OS')
const brakes = job('2', 'Front brakes', 'FB')
const leak = job('3', 'Find an oil leak', 'OIL')

test.each([
  ['oil', ['3', '1']],
  ['os', ['1']],
  ['fr br', ['2']],
  ['br fr', ['2']],
  ['  ', []],
  ['tires', []],
])('%j offers %j', (text, ids) => {
  expect(fitting([oil, brakes, leak], text).map(({ id }) => id)).toEqual(ids)
})

test('what always belongs is sent, of the rest what was picked', () => {
  const line = (id: string, included: CannedJob['lines'][number]['included']) => ({ id, type: 'part' as const, description: id, included })
  const kit = job('4', 'Kit', '', [line('a', 'always'), line('b', 'usually'), line('c', 'on_request')])
  expect(asked(kit).map(({ id }) => id)).toEqual(['b', 'c'])
  let made = 0
  const lines = chosenLines(kit, new Set(['c']), () => `new ${(made += 1)}`)
  expect(lines).toEqual([
    { lineId: 'new 1', cannedLineId: 'a' },
    { lineId: 'new 2', cannedLineId: 'c' },
  ])
})
