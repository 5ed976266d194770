import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const usage = `Usage: npm start -- [--demo] [--web] [--port N] [--data DIR] [--no-open]

  --demo      a filled demo shop; the README names its users and PINs
  --web       the browser instead of the Electron window
  --port N    the port of the web host (default: any free one)
  --data DIR  the folder that holds the shop's data
  --no-open   do not open a browser`

/** What the web host prints once it can be used. */
export const readyLine = /^Counterbay is ready at (http:\/\/\S+)/

/** @typedef {{ demo: boolean, web: boolean, open: boolean, help: boolean, port: string | null, data: string | null }} Flags */

/**
 * The words both hosts understand.
 * @param {Flags} flags
 * @returns {string[]}
 */
export const hostWords = (flags) => [...(flags.data === null ? [] : ['--data', flags.data]), ...(flags.demo ? ['--demo'] : [])]

/**
 * @param {readonly string[]} words the command line
 * @param {string} callersFolder where a relative --data begins
 * @returns {Flags}
 * @throws {Error} with a sentence about the word that is wrong
 */
export function readFlags(words, callersFolder) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      demo: { type: 'boolean', default: false },
      web: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      port: { type: 'string' },
      data: { type: 'string' },
    },
  })
  const { port, data } = values
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number.parseInt(port, 10) <= 65_535)) {
    throw new Error(`--port needs a number from 0 to 65535, not "${port}"`)
  }
  if (data === '') throw new Error('--data needs a folder')
  return {
    demo: values.demo,
    web: values.web,
    open: !values['no-open'],
    help: values.help,
    port: port ?? null,
    data: data === undefined ? null : resolve(callersFolder, data),
  }
}
