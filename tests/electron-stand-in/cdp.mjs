// A Chrome DevTools Protocol client over --remote-debugging-pipe (file descriptors 3 and 4, NUL-delimited JSON).
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'

class Session extends EventEmitter {
  constructor(connection, id) {
    super()
    this.connection = connection
    this.id = id
  }
  send(method, params = {}) {
    return this.connection.send(method, params, this.id)
  }
}

export class Cdp extends EventEmitter {
  #nextId = 1
  #pending = new Map()
  #sessions = new Map()
  #unread = []

  constructor(chromium) {
    super()
    this.chromium = chromium
    this.closed = false
    chromium.stdio[4].on('data', (chunk) => this.#read(chunk))
    chromium.stdio[3].on('error', () => {}) // Chromium is gone: 'exit' tells
    chromium.once('exit', (code, signal) => {
      this.closed = true
      for (const call of this.#pending.values()) call.reject(new Error(`chromium exited (${code ?? signal})`))
      this.#pending.clear()
      this.emit('exit', code, signal)
    })
  }

  static launch(executable, args, onStderrLine) {
    const chromium = spawn(executable, ['--remote-debugging-pipe', ...args], { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
    let rest = ''
    chromium.stderr.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onStderrLine(line)
    })
    return new Cdp(chromium)
  }

  session(id) {
    const known = this.#sessions.get(id)
    if (known) return known
    const session = new Session(this, id)
    this.#sessions.set(id, session)
    return session
  }

  send(method, params = {}, sessionId) {
    if (this.closed) return Promise.reject(new Error('chromium is gone'))
    const id = this.#nextId++
    const error = new Error() // here, so that its stack names the caller
    return new Promise((resolve, reject) => {
      const fail = (cause) => {
        error.message = `${method}: ${cause.message}`
        reject(error)
      }
      this.#pending.set(id, { resolve, reject: fail })
      this.chromium.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0')
    })
  }

  kill() {
    if (!this.closed) this.chromium.kill('SIGKILL')
  }

  #read(chunk) {
    let start = 0
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      const text = Buffer.concat([...this.#unread, chunk.subarray(start, end)]).toString('utf8')
      this.#unread = []
      start = end + 1
      this.#dispatch(JSON.parse(text))
    }
    if (start < chunk.length) this.#unread.push(chunk.subarray(start))
  }

  #dispatch(message) {
    if (message.id === undefined) {
      const target = message.sessionId ? this.session(message.sessionId) : this
      if (message.method === 'Target.detachedFromTarget') this.#sessions.delete(message.params.sessionId)
      target.emit(message.method, message.params)
      return
    }
    const call = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (message.error) call?.reject(new Error(message.error.message))
    else call?.resolve(message.result)
  }
}
