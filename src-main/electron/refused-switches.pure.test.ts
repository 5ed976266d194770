import { expect, it } from 'vitest'
import { refusedSwitch } from './refused-switches'

it.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'load-extension', 'disable-web-security', 'no-sandbox'])(
  'an installed program does not start with --%s; a developer may',
  (name) => {
    const has = (asked: string): boolean => asked === name
    expect(refusedSwitch(true, has)).toBe(name)
    expect(refusedSwitch(false, has)).toBeNull()
  },
)

it('starts with switches that open nothing', () => {
  expect(refusedSwitch(true, (name) => name === 'data' || name === 'demo')).toBeNull()
})
