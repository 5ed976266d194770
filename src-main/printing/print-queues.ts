const PATIENCE_AT_END_MS = 3000

/** What waits for the shop's receipt printers: one thing at a time for each, for a printer takes one connection. */
export class PrintQueues {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** @param onChange hears of each payment or refund of which something was printed, or failed to */
  constructor(readonly onChange: (id: string) => void = () => undefined) {}

  /** Runs when everything asked of this printer before is done. */
  inTurn<T>(printer: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#tails.get(printer) ?? Promise.resolve()).then(work)
    const tail: Promise<unknown> = mine
      .catch(() => undefined)
      .then(() => {
        if (this.#tails.get(printer) === tail) this.#tails.delete(printer)
      })
    this.#tails.set(printer, tail)
    return mine
  }

  /** Waits a moment for what is being printed; a printer that hangs does not keep the program from ending. */
  async close(): Promise<void> {
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_AT_END_MS).unref())
    await Promise.race([Promise.all(this.#tails.values()), patience])
  }
}
