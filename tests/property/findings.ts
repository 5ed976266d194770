export type Side = 'database' | 'answer' | 'paper' | 'screen'

/** Where program and oracle disagree, side by side. */
export class Findings {
  readonly all: { readonly side: Side; readonly text: string }[] = []
  /** how many amounts were held against each other, by side */
  readonly compared: Record<Side, number> = { database: 0, answer: 0, paper: 0, screen: 0 }

  same(side: Side, what: string, expected: string, got: string | null | undefined): void {
    this.compared[side] += 1
    if (got !== expected) this.all.push({ side, text: `${side}: ${what}: expected ${expected}, got ${got ?? 'nothing'}` })
  }

  /** Records by name, field by field; none too few and none too many. */
  sameRecords(side: Side, what: string, expected: Records, got: Records): void {
    this.sameNames(side, what, expected, got)
    for (const [name, fields] of Object.entries(expected)) {
      for (const [field, value] of Object.entries(fields)) this.same(side, `${what} ${name}, ${field}`, value, got[name]?.[field])
    }
  }

  sameNames(side: Side, what: string, expected: object, got: object): void {
    this.same(side, `names of ${what}`, namesOf(expected), namesOf(got))
  }

  /** @throws when anything differs */
  conclude(stage: string): void {
    if (this.all.length === 0) return
    throw new Disagreement(`${stage}\n${this.all.map(({ text }) => `  ${text}`).join('\n')}`, [
      ...new Set(this.all.map(({ side }) => side)),
    ])
  }
}

/** name -> field -> as it is written */
export type Records = Readonly<Record<string, Readonly<Record<string, string>>>>

export class Disagreement extends Error {
  constructor(
    message: string,
    readonly sides: readonly Side[],
  ) {
    super(message)
  }
}

const namesOf = (records: object): string => Object.keys(records).toSorted().join(', ')
