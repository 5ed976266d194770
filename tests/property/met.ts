/** How often each kind of thing occurred in a run: a run that met nothing proved nothing. */
export class Met {
  readonly counts: Record<string, number> = {}

  count(what: string, times = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + times
  }

  /** Everything, the commonest first. */
  words(): string {
    const sorted = Object.entries(this.counts).toSorted(([, a], [, b]) => b - a)
    return sorted.map(([what, times]) => `${what} ${times}`).join(', ')
  }

  /** Of what has to occur in any run worth the name, what did not. */
  missing(wanted: readonly string[]): string[] {
    return wanted.filter((what) => !this.counts[what])
  }
}
