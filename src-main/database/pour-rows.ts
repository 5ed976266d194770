import type { Client, Connection, Submittable } from 'pg'

/** What pg hands to a query of one's own; its types know only `submit`. */
interface CopyConnection {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): boolean
  endCopyFrom(): void
  sendCopyFail(reason: string): void
  readonly stream: { pause(): void; resume(): void; once(event: 'drain', listener: () => void): void; readonly writableNeedDrain: boolean }
}

/** One COPY statement: fails as a statement does, and is done when the server is ready for the next. */
abstract class Copy implements Submittable {
  readonly done: Promise<void>
  private finish: () => void = () => undefined
  private fail: (error: Error) => void = () => undefined
  private error: Error | undefined

  constructor(private readonly text: string) {
    this.done = new Promise((resolve, reject) => {
      this.finish = resolve
      this.fail = reject
    })
  }

  submit(connection: Connection): void {
    ;(connection as unknown as CopyConnection).query(this.text)
  }

  handleError(error: Error): void {
    this.error = error
    this.fail(error)
  }

  handleReadyForQuery(): void {
    if (!this.error) this.finish()
  }

  handleCommandComplete(): void {}
}

class CopyIn extends Copy {
  readonly ready: Promise<CopyConnection>
  private open: (connection: CopyConnection) => void = () => undefined

  constructor(text: string) {
    super(text)
    this.ready = new Promise((resolve) => {
      this.open = resolve
    })
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.open(connection)
  }
}

class CopyOut extends Copy {
  private isPaused = false

  constructor(
    text: string,
    private readonly into: CopyConnection,
  ) {
    super(text)
  }

  /** The source waits while the other server is slower: nothing piles up in memory. */
  handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
    this.into.sendCopyFromChunk(chunk)
    // Rows that were read already still come after the pause.
    if (this.isPaused || !this.into.stream.writableNeedDrain) return
    this.isPaused = true
    connection.stream.pause()
    this.into.stream.once('drain', () => {
      this.isPaused = false
      connection.stream.resume()
    })
  }
}

/** Streams what one query of one database answers with into a table of another, in the server's own binary form. */
export async function pourRows(source: Client, query: string, target: Client, table: string, columns: readonly string[]): Promise<void> {
  const copyIn = new CopyIn(`COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT binary)`)
  target.query(copyIn)
  const into = await Promise.race([copyIn.ready, copyIn.done.then(() => null)])
  if (into === null) throw new Error(`the copy of ${table} did not begin`)
  const copyOut = new CopyOut(`COPY (${query}) TO STDOUT (FORMAT binary)`, into)
  source.query(copyOut)
  try {
    await Promise.race([copyOut.done, copyIn.done])
  } catch (error) {
    into.sendCopyFail('the source failed')
    await copyIn.done.catch(() => undefined)
    throw error
  }
  into.endCopyFrom()
  await copyIn.done
}
