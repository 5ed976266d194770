import type { IpcMain, WebContents } from 'electron'
import { expect, it } from 'vitest'
import { silentLog } from '../base/log'
import { APP_ORIGIN } from './origin'
import { openPrintPort, PRINT_CHANNEL, printOptions } from './print-port'

type Asked = (event: object) => Promise<unknown>

/** As much of Electron as printing touches: a page whose print ends as the test says. */
function printingPage(success: boolean, reason: string) {
  const printed: unknown[] = []
  const page = {
    id: 1,
    print(options: unknown, done: (success: boolean, reason: string) => void) {
      printed.push(options)
      if (reason === 'throws') throw new Error('no printer')
      done(success, reason)
    },
  }
  const handlers = new Map<string, Asked>()
  openPrintPort({
    ipcMain: { handle: (channel: string, handler: Asked) => handlers.set(channel, handler) } as unknown as IpcMain,
    origin: APP_ORIGIN,
    isOurWindow: (contents: WebContents) => contents === (page as unknown),
    log: silentLog,
  })
  const ask = (senderFrame: unknown = { parent: null, origin: APP_ORIGIN }, sender: unknown = page): Promise<unknown> =>
    handlers.get(PRINT_CHANNEL)?.({ sender, senderFrame }) ?? Promise.reject(new Error('no such channel'))
  return { printed, ask }
}

it.each([
  [true, '', 'printed'],
  [false, 'Print job canceled', 'canceled'],
  [false, 'Print job failed', 'failed'],
  [false, 'Invalid printer settings', 'failed'],
  [false, 'throws', 'failed'],
])('success %s, reason "%s": %s', async (success, reason, outcome) => {
  const { printed, ask } = printingPage(success, reason)
  expect(await ask()).toBe(outcome)
  expect(printed).toEqual([printOptions])
})

it.each([
  ['no frame', null, undefined],
  ['a frame inside the page', { parent: {}, origin: APP_ORIGIN }, undefined],
  ['a foreign page', { parent: null, origin: 'https://example.com' }, undefined],
  ['another window', undefined, { id: 2 }],
])('prints nothing for %s', async (_who, frame, sender) => {
  const { printed, ask } = printingPage(true, '')
  await expect(ask(frame, sender)).rejects.toThrow('refused')
  expect(printed).toEqual([])
})
