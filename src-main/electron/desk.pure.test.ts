import type { PrinterInfo, WebContents, WebContentsPrintOptions } from 'electron'
import { expect, it } from 'vitest'
import { deskOf } from './desk'

/** As much of Electron as silent printing touches. */
function page(outcome: { success: boolean; reason?: string } | 'throws') {
  const printed: WebContentsPrintOptions[] = []
  const contents: Pick<WebContents, 'getPrintersAsync' | 'print'> = {
    getPrintersAsync: () => Promise.resolve([{ name: 'Office Laser' }, { name: 'Counter_2' }] as PrinterInfo[]),
    print(options, done) {
      printed.push(options ?? {})
      if (outcome === 'throws') throw new Error('no printing here')
      done?.(outcome.success, outcome.reason ?? '')
    },
  }
  return { printed, desk: deskOf(contents) }
}

it('prints on the printer of that name, without a dialog, on whole letter pages', async () => {
  const { printed, desk } = page({ success: true })
  expect(await desk.printers()).toEqual(['Office Laser', 'Counter_2'])
  expect(await desk.print('Counter_2')).toBeNull()
  expect(printed).toEqual([
    { silent: true, printBackground: true, margins: { marginType: 'none' }, pageSize: 'Letter', deviceName: 'Counter_2' },
  ])
})

it('never prints on another printer than the one named', async () => {
  const { printed, desk } = page({ success: true })
  expect(await desk.print('Gone')).toBe('there is no such printer')
  expect(printed).toEqual([])
})

it.each([
  [{ success: false, reason: 'Print job failed' }, 'Print job failed'],
  [{ success: false }, 'unknown'],
  ['throws' as const, 'Error: no printing here'],
])('tells why nothing was printed: %j', async (outcome, reason) => {
  expect(await page(outcome).desk.print('Office Laser')).toBe(reason)
})
