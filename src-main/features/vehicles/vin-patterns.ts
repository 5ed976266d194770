/** What vPIC says of one key: a letter for the kind of fact, then its value. Small letters go before capitals (known from the engine's name only). */
export type VinFacts = Readonly<Partial<Record<string, string>>>

interface Match {
  readonly fixed: number
  readonly facts: VinFacts
}

/** Positions 4-8 and 10-17: what a maker says of the car itself. */
export function describedPart(vin: string): string {
  return `${vin.slice(3, 8)}|${vin.slice(9)}`
}

/**
 * How many characters of the key are fixed and fit, or -1 when it does not fit. `*` stands for any character, `#` for a digit, `[A-CX]` for one of
 * these; what comes after the key is free.
 */
export function fit(key: string, part: string): number {
  let fixed = 0
  let at = 0
  for (let position = 0; position < key.length; position += 1, at += 1) {
    const wanted = key.charAt(position)
    const there = part.charAt(at)
    if (there === '') return -1
    if (wanted === '*' || wanted === '_') continue
    if (wanted === '[') {
      const end = key.indexOf(']', position)
      if (end < 0 || !isAmong(key.slice(position + 1, end), there)) return -1
      position = end
      fixed += 1
    } else {
      if (wanted === '#' ? !/\d/.test(there) : wanted !== there) return -1
      fixed += 2
    }
  }
  return fixed
}

function isAmong(choice: string, there: string): boolean {
  for (let at = 0; at < choice.length; at += 1) {
    if (choice.charAt(at + 1) === '-' && at + 2 < choice.length) {
      if (there >= choice.charAt(at) && there <= choice.charAt(at + 2)) return true
      at += 2
    } else if (choice.charAt(at) === there) return true
  }
  return false
}

/** The facts of one schema (`key<TAB>letter and value<TAB>...` a line) for a VIN: for each kind of fact the most particular key decides. */
export function factsOf(patterns: string, part: string): { facts: VinFacts; modelFixed: number; namesModels: boolean } {
  const best: Record<string, Match> = {}
  let namesModels = false
  for (const line of patterns.split('\n')) {
    const [key = '', ...values] = line.split('\t')
    namesModels ||= values.some((value) => value.startsWith('m'))
    const fixed = key === '' ? -1 : fit(key, part)
    if (fixed < 0) continue
    for (const value of values) {
      const letter = value.charAt(0)
      if (fixed >= (best[letter]?.fixed ?? -1)) best[letter] = { fixed, facts: { [letter]: value.slice(1) } }
    }
  }
  const facts = Object.assign({}, ...Object.values(best).map((match) => match.facts)) as VinFacts
  return { facts, modelFixed: best['m']?.fixed ?? -1, namesModels }
}

/** The schema that knows the model best tells the facts; those that name no models at all (engines, plants) only fill what it leaves open. */
export function bestFacts(schemas: readonly string[], part: string): VinFacts {
  const read = schemas.map((patterns) => factsOf(patterns, part))
  const [chosen] = read
    .filter(({ modelFixed }) => modelFixed >= 0)
    .toSorted((a, b) => b.modelFixed - a.modelFixed || Object.keys(b.facts).length - Object.keys(a.facts).length)
  const beside = read.filter(({ namesModels }) => !namesModels).map(({ facts }) => facts)
  return Object.assign({}, ...beside, chosen?.facts ?? {}) as VinFacts
}

/** `3.5L V6 turbo`, `599 cc`, `2.5L I4 hybrid`, `Electric`: as it is written on an order; '' when nothing is known. */
export function engineWords(facts: VinFacts): string {
  const of = (letter: string): string | undefined => facts[letter] ?? facts[letter.toUpperCase()]
  const litres = of('l')
  const cylinders = of('c')
  const fuel = of('f')
  if (fuel === 'electric') return 'Electric'
  const layout = of('n')
  const size = litres === undefined ? '' : litres.startsWith('0.') ? `${Math.round(Number.parseInt(litres.slice(2), 10))} cc` : `${litres}L`
  const block = layout === 'R' ? 'rotary' : cylinders ? (layout ? `${layout}${cylinders}` : `${cylinders}-cyl`) : ''
  const isHybrid = of('g') === 'electric'
  return [size, block, of('u'), isHybrid ? 'hybrid' : fuel === 'gasoline' ? '' : fuel].filter(Boolean).join(' ')
}
