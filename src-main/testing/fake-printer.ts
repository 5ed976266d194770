import { randomInt } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { paperPng, paperText } from './print-on-paper'
import { EscPosReader, type PrinterEvent } from './read-escpos'

/** How the printer behaves; may be changed while it stands. */
export interface PrinterMood {
  /** says nothing when asked, as cheap printers do */
  mute: boolean
  noPaper: boolean
  coverOpen: boolean
  /** its plug is pulled after so many bytes of a job, without a word to whoever sends */
  unplugAfterBytes: number | null
  /** takes everything and never confirms */
  hangs: boolean
}

/** A receipt printer on the loopback network: a true TCP server that understands what it is sent. */
export interface FakePrinter {
  readonly host: string
  readonly port: number
  readonly mood: PrinterMood
  /** everything since `tearOff` */
  events(): readonly PrinterEvent[]
  text(): string
  png(widthDots?: number): Promise<Buffer>
  pulses(): (2 | 5)[]
  /** when the last pulse came, on the monotonic clock */
  lastPulseAt(): number
  connections(): number
  tearOff(): void
  turnOff(): Promise<void>
  turnOn(): Promise<void>
}

const PORT = 9100

/** Always on the real port; loopback has room enough for one address a printer, where the system gives all of 127/8. */
export async function fakePrinter(mood: Partial<PrinterMood> = {}): Promise<FakePrinter> {
  const state = new PrinterState({ mute: false, noPaper: false, coverOpen: false, unplugAfterBytes: null, hangs: false, ...mood })
  const place = await findPlace(state)
  let server: Server | null = place.server
  const { host, port } = place
  return {
    host,
    port,
    mood: state.mood,
    events: () => state.reader.events,
    text: () => paperText(state.reader.events),
    png: (widthDots = 576) => paperPng(state.reader.events, widthDots),
    pulses: () => state.reader.events.flatMap((event) => (event.kind === 'pulse' ? [event.pin] : [])),
    lastPulseAt: () => state.lastPulseAt,
    connections: () => state.connections,
    tearOff: () => state.tearOff(),
    async turnOff() {
      const closing = server
      server = null
      for (const socket of state.sockets) socket.destroy()
      await new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()))
    },
    async turnOn() {
      server ??= await listen(state, host, port)
    },
  }
}

class PrinterState {
  reader = new EscPosReader()
  readonly sockets = new Set<Socket>()
  connections = 0
  lastPulseAt = 0

  constructor(readonly mood: PrinterMood) {}

  tearOff(): void {
    this.reader = new EscPosReader()
  }

  converse(socket: Socket): void {
    this.connections += 1
    this.sockets.add(socket)
    let received = 0
    socket.on('close', () => this.sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      const { unplugAfterBytes } = this.mood
      if (unplugAfterBytes !== null && received + chunk.length > unplugAfterBytes) {
        this.#read(chunk.subarray(0, Math.max(0, unplugAfterBytes - received)), null)
        socket.resetAndDestroy()
        return
      }
      received += chunk.length
      this.#read(chunk, socket)
    })
  }

  #read(bytes: Uint8Array, answerTo: Socket | null): void {
    const before = this.reader.events.length
    this.reader.read(bytes)
    for (const event of this.reader.events.slice(before)) {
      if (event.kind === 'pulse') this.lastPulseAt = performance.now()
      if (event.kind === 'question' && answerTo && !this.mood.mute) this.#answer(event.answer, answerTo)
    }
  }

  #answer(question: 'offline' | 'paper' | 'done', socket: Socket): void {
    const { noPaper, coverOpen, hangs } = this.mood
    if (question === 'offline') socket.write(Uint8Array.of(0x12 | (coverOpen ? 0x04 : 0) | (noPaper ? 0x20 : 0)))
    else if (question === 'paper') socket.write(Uint8Array.of(0x12 | (noPaper ? 0x60 : 0)))
    else if (!hangs) socket.write(Uint8Array.of(0))
  }
}

async function findPlace(state: PrinterState): Promise<{ server: Server; host: string; port: number }> {
  for (let tries = 0; ; tries += 1) {
    const host = process.platform === 'linux' ? `127.${randomInt(1, 255)}.${randomInt(255)}.${randomInt(1, 255)}` : '127.0.0.1'
    const port = process.platform === 'linux' ? PORT : PORT + (tries % 4)
    try {
      return { server: await listen(state, host, port), host, port }
    } catch (error) {
      if (tries > 20) throw error
    }
  }
}

function listen(state: PrinterState, host: string, port: number): Promise<Server> {
  const server = createServer((socket) => state.converse(socket))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}
