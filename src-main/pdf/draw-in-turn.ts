let queue: Promise<unknown> = Promise.resolve()

/** One drawing at a time: parsed fonts are shared (see loadFonts). */
export function drawInTurn<T>(draw: () => T | Promise<T>): Promise<T> {
  const mine = queue.then(draw)
  queue = mine.catch(() => undefined)
  return mine
}
