import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { isShopAddress, PRINTER_PORTS } from '../../src-preload/contract/printing'
import { assertOutsideTransaction } from '../database/transaction'

export interface PrinterAddress {
  readonly host: string
  readonly port: number
}

/** failed: nothing reached the paper; unsure: some of it may have. `problem` is a sentence for the clerk. */
export type Sent = { readonly state: 'printed' } | { readonly state: 'failed' | 'unsure'; readonly problem: string }

export interface SendOptions {
  /** not sent at all when the printer says that it has no paper or is open; a pulse for the drawer needs none */
  readonly needsPaper: boolean
  readonly connectMs?: number
  readonly statusMs?: number
  /** how long the printer may say nothing after the last byte */
  readonly finishMs?: number
}

const CONNECT_TRIES = 3
const BUSY_PAUSE_MS = 400
/** DLE EOT 2 and 4: why the printer is off line, and its paper; answered at once, also while it cannot print. */
const ASK_STATUS = Uint8Array.of(0x10, 0x04, 0x02, 0x10, 0x04, 0x04)
/** GS r 1: answered in its turn, when everything before it is printed. */
const ASK_WHEN_DONE = Uint8Array.of(0x1d, 0x72, 0x01)

/**
 * Sends raw bytes to a receipt printer over TCP and finds out what became of them. A printer that answers questions confirms the last line;
 * one that does not (many cheap ones) has taken the bytes when it closes the connection, or keeps silent for `finishMs`.
 * @throws InvariantError inside a transaction
 */
export async function sendToPrinter(address: PrinterAddress, bytes: Uint8Array, options: SendOptions): Promise<Sent> {
  assertOutsideTransaction('printing')
  const { needsPaper, connectMs = 2500, statusMs = 500, finishMs = 8000 } = options
  if (!isShopAddress(address.host) || address.port < PRINTER_PORTS.first || address.port > PRINTER_PORTS.last) {
    return { state: 'failed', problem: 'This address is not on the shop’s network. The owner corrects it in Settings, Printers.' }
  }
  const line = await openLine(address, connectMs)
  if ('problem' in line) return { state: 'failed', problem: line.problem }
  try {
    line.send(ASK_STATUS)
    const answersQuestions = await line.hears(isStatus, statusMs, 2)
    const refusal = needsPaper ? refusalOf(line.heard) : null
    if (refusal !== null) return { state: 'failed', problem: refusal }
    if (line.isLost) return { state: 'failed', problem: 'The printer closed the connection before anything was printed. Try again.' }
    line.heard.length = 0
    line.send(bytes)
    if (answersQuestions) {
      line.send(ASK_WHEN_DONE)
      return (await line.hears(isDone, finishMs, 1)) ? { state: 'printed' } : LOST
    }
    return (await line.hangUp(finishMs)) ? { state: 'printed' } : LOST
  } finally {
    line.close()
  }
}

const LOST: Sent = {
  state: 'unsure',
  problem: 'The printer was lost in the middle. See whether it is on, has paper and is plugged in; what it printed may be incomplete.',
}

const isStatus = (byte: number): boolean => (byte & 0x93) === 0x12
const isDone = (byte: number): boolean => (byte & 0x90) === 0

/** In the order of the questions: the cover and the paper of the first answer, the paper sensor of the second. */
function refusalOf([offline = 0, paper = 0]: readonly number[]): string | null {
  if ((offline & 0x04) !== 0) return 'The cover of the printer is open. Close it and try again.'
  if ((offline & 0x20) !== 0 || (paper & 0x60) !== 0) return 'The printer is out of paper. Put in a new roll and try again.'
  return null
}

async function openLine(address: PrinterAddress, connectMs: number): Promise<PrinterLine | { problem: string }> {
  for (let left = CONNECT_TRIES; ;) {
    const opened = await dial(address, connectMs)
    if (opened instanceof PrinterLine) return opened
    left -= 1
    if (opened !== 'ECONNREFUSED' || left === 0) return { problem: whyUnreachable(opened) }
    await pause(BUSY_PAUSE_MS) // another counter is printing
  }
}

function whyUnreachable(code: string): string {
  return code === 'ECONNREFUSED'
    ? 'The printer does not take anything now. Another counter may be printing, or it is starting up; try again in a moment.'
    : 'The printer does not answer. See whether it is switched on and plugged into the network, then try again.'
}

function dial({ host, port }: PrinterAddress, connectMs: number): Promise<PrinterLine | string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const late = setTimeout(() => {
      socket.destroy()
      resolve('ETIMEDOUT')
    }, connectMs)
    socket.once('connect', () => {
      clearTimeout(late)
      resolve(new PrinterLine(socket))
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late)
      resolve(error.code ?? 'unknown')
    })
  })
}

/** One connection: what was heard on it, and whether it still stands. */
class PrinterLine {
  readonly heard: number[] = []
  isLost = false
  #wasReset = false
  #listener: () => void = () => undefined

  constructor(private readonly socket: Socket) {
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      this.heard.push(...chunk)
      this.#listener()
    })
    socket.on('error', () => {
      this.#wasReset = true
      this.isLost = true
      this.#listener()
    })
    socket.on('close', () => {
      this.isLost = true
      this.#listener()
    })
  }

  send(bytes: Uint8Array): void {
    if (!this.isLost) this.socket.write(bytes)
  }

  /** Whether `count` such bytes came within `ms`; not when the line breaks before. */
  hears(wanted: (byte: number) => boolean, ms: number, count: number): Promise<boolean> {
    return this.#until(() => this.heard.filter(wanted).length >= count, ms)
  }

  /** Nothing more is said: whether the printer took what it was sent. */
  async hangUp(ms: number): Promise<boolean> {
    if (this.isLost) return false
    const isFlushed = new Promise<boolean>((resolve) => this.socket.end(() => resolve(true)))
    const taken = await Promise.race([isFlushed, pause(ms, false, { ref: false })])
    await this.#until(() => this.isLost, ms)
    return taken && !this.#wasReset
  }

  close(): void {
    this.socket.destroy()
  }

  #until(isTrue: () => boolean, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (isLate: boolean): void => {
        if (!isTrue() && !this.isLost && !isLate) return
        clearTimeout(late)
        this.#listener = () => undefined
        resolve(isTrue())
      }
      const late = setTimeout(() => look(true), ms)
      this.#listener = () => look(false)
      look(false)
    })
  }
}
