/** Whether this page was opened on the copy that practice works on; null until the program has said so. */
let openedIn: boolean | null = null

function isPractising(): boolean {
  return openedIn === true
}

/** The window's title: on every screen, also while a dialog covers it, and for who listens to it. */
export function windowTitle(title: string): string {
  return `${isPractising() ? 'PRACTICE: ' : ''}${title} · Counterbay`
}

/**
 * A page belongs to the books or to the copy for as long as it lives: when the station goes to the other, everything the page holds, half-typed
 * text among it, is let go of and the page opens anew at Today. The gate refuses what such a page would still send.
 */
export function holdToPlace(practice: boolean): void {
  openedIn ??= practice
  if (openedIn === practice) return
  location.hash = '#/'
  location.reload()
}
