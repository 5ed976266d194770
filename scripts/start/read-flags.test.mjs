import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readFlags } from './read-flags.mjs'

it('reads every flag; a relative folder begins where the caller stands', () => {
  expect(readFlags(['--web', '--port', '8080', '--data', 'shop', '--no-open', '--demo'], '/somewhere')).toEqual({
    demo: true,
    web: true,
    open: false,
    help: false,
    port: '8080',
    data: resolve('/somewhere', 'shop'),
  })
  expect(readFlags([], '/')).toMatchObject({ demo: false, web: false, open: true, port: null, data: null })
})

it.each([
  [['--port', '70000'], /--port needs a number from 0 to 65535/],
  [['--port', 'abc'], /--port needs/],
  [['--data', ''], /--data needs a folder/],
  [['--webb'], /--webb/],
  [['surplus'], /surplus/],
])('refuses %j', (words, message) => {
  expect(() => readFlags(words, '/')).toThrow(message)
})
