let show: (text: string) => void = () => undefined

/** The search box listens: it shows what is found for a text as if it had been typed there. */
export function onSearchFor(listener: (text: string) => void): () => void {
  show = listener
  return () => {
    if (show === listener) show = () => undefined
  }
}

/** Asks the search box for a text, from anywhere. */
export function searchFor(text: string): void {
  show(text)
}
