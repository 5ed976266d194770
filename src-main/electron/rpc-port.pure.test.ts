import { EventEmitter } from 'node:events'
import type { IpcMain, WebContents } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../base/log'
import { APP_ORIGIN } from './origin'
import { CHANNEL, openRpcPort } from './rpc-port'

/** As much of a page as the port touches; the rest of Electron is exercised by the tests of the whole application. */
class Page extends EventEmitter {
  readonly id = 1
  readonly sent: unknown[][] = []
  gone = false
  isDestroyed = (): boolean => this.gone
  send = (...values: unknown[]): void => void this.sent.push(values)
}

const mainFrame = { parent: null, origin: APP_ORIGIN }
let ipcMain: EventEmitter
let page: Page
let ours: Page[]
let log: string[]
let answer: (text: string) => void

beforeEach(() => {
  ipcMain = new EventEmitter()
  page = new Page()
  ours = [page]
  log = []
  let count = 0
  openRpcPort({
    ipcMain: ipcMain as unknown as IpcMain,
    origin: APP_ORIGIN,
    isOurWindow: (contents: WebContents) => ours.includes(contents as unknown as Page),
    connect(_contents, send) {
      count += 1
      const name = count
      answer = send
      return { receive: (text) => log.push(`${name} ${text}`), close: () => log.push(`${name} closed`) }
    },
    log: silentLog,
  })
})

function say(documentId: unknown, text: unknown, senderFrame: unknown = mainFrame, sender: Page = page): void {
  ipcMain.emit(CHANNEL, { sender, senderFrame }, documentId, text)
}

describe('who is heard', () => {
  it('hears the main frame of our window', () => {
    say('a', 'hello')
    expect(log).toEqual(['1 hello'])
  })

  it.each([
    ['a frame inside the page', { parent: mainFrame, origin: APP_ORIGIN }],
    ['an empty page', { parent: null, origin: 'null' }],
    ['another site', { parent: null, origin: 'https://example.com' }],
    ['another host of our scheme', { parent: null, origin: 'app://other' }],
    ['a frame that is gone', null],
    [
      'a frame that throws because it is gone',
      {
        get parent(): never {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed')
        },
      },
    ],
  ])('does not hear %s', (_who, frame) => {
    say('a', 'hello', frame)
    expect(log).toEqual([])
  })

  it('does not hear a window that is not ours', () => {
    say('a', 'hello', mainFrame, new Page())
    expect(log).toEqual([])
  })

  it.each([
    ['no text', 'a', { text: 1 }],
    ['no document', undefined, 'hello'],
    ['an empty document', '', 'hello'],
    ['a document as long as a book', 'x'.repeat(65), 'hello'],
    ['too much', 'a', 'x'.repeat(16 * 1024 * 1024 + 1)],
  ])('does not take %s', (_what, documentId, text) => {
    say(documentId, text)
    expect(log).toEqual([])
  })
})

describe('one conversation for each document', () => {
  it('begins a new one for a new document and ends the old', () => {
    say('a', 'hello')
    say('b', 'hello')
    expect(log).toEqual(['1 hello', '1 closed', '2 hello'])
  })

  it('ends it when another document is shown, not when a navigation is merely tried', () => {
    say('a', 'hello')
    page.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    say('a', 'still here: it was refused')
    expect(log).toEqual(['1 hello', '1 still here: it was refused'])
    page.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    page.emit('did-navigate')
    expect(log.at(-1)).toBe('1 closed')
  })

  it('does not end the conversation of the new document when its arrival is reported late', () => {
    say('a', 'hello')
    page.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    say('b', 'hello')
    page.emit('did-navigate')
    expect(log).toEqual(['1 hello', '1 closed', '2 hello'])
  })

  it.each([
    ['inside the page', { isMainFrame: true, isSameDocument: true }],
    ['of a frame', { isMainFrame: false, isSameDocument: false }],
  ])('does not end it by a navigation %s', (_what, details) => {
    say('a', 'hello')
    page.emit('did-start-navigation', details)
    page.emit('did-navigate')
    expect(log).toEqual(['1 hello'])
  })

  it.each(['render-process-gone', 'destroyed'])('ends it, once, on %s, and hears no last word', (event) => {
    say('a', 'hello')
    page.emit(event)
    page.emit('destroyed')
    say('a', 'last word')
    expect(log).toEqual(['1 hello', '1 closed'])
  })

  it('sends answers to the document that asked and to no later one', () => {
    say('a', 'hello')
    const answerToFirst = answer
    answerToFirst('one')
    say('b', 'hello')
    answerToFirst('too late')
    answer('two')
    page.gone = true
    answer('nobody is there')
    expect(page.sent).toEqual([
      [CHANNEL, 'a', 'one'],
      [CHANNEL, 'b', 'two'],
    ])
  })
})
