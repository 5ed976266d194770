/** An element of a page, as a reader of the page finds it. */
export interface Mark {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (Mark | string)[]
}

const TOKEN = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*(\/?)>|<!--.*?-->|([^<]+)/gs
const ATTRIBUTE = /([^\s=]+)(?:="([^"]*)")?/g
const EMPTY = new Set(['input', 'br', 'img', 'hr'])
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

const decoded = (text: string): string => text.replaceAll(/&(amp|lt|gt|quot|#x27);/g, (whole, name: string) => NAMED[name] ?? whole)

/** The page as a tree. Only for markup that a program wrote: every element is closed, every attribute quoted. */
export function readMarkup(html: string): Mark {
  const root: Mark = { tag: '', attributes: {}, children: [] }
  const open = [root]
  for (const [, closing, tag, attributes, selfClosed, text] of html.matchAll(TOKEN)) {
    if (text !== undefined) open.at(-1)?.children.push(decoded(text))
    else if (tag !== undefined && closing === '/') {
      if (open.pop()?.tag !== tag) throw new Error(`</${tag}> closes nothing`)
    } else if (tag !== undefined) {
      const given = [...(attributes ?? '').matchAll(ATTRIBUTE)].map(([, name, value]) => [name ?? '', decoded(value ?? '')])
      const element: Mark = { tag, attributes: Object.fromEntries(given) as Record<string, string>, children: [] }
      open.at(-1)?.children.push(element)
      if (selfClosed !== '/' && !EMPTY.has(tag)) open.push(element)
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.tag}> is never closed`)
  return root
}

const isMark = (child: Mark | string): child is Mark => typeof child !== 'string'

/** Every element below that fits, in the order of the page. */
export function all(from: Mark, fits: (mark: Mark) => boolean): Mark[] {
  return from.children.filter(isMark).flatMap((child) => [...(fits(child) ? [child] : []), ...all(child, fits)])
}

export const allOf = (from: Mark, tag: string): Mark[] => all(from, (mark) => mark.tag === tag)

/** What is read there: text, what stands in a field, whether a box is ticked. Hidden elements are read too. */
export function wordsOf(mark: Mark): string {
  if (mark.tag === 'input')
    return mark.attributes['type'] === 'checkbox' ? ('checked' in mark.attributes ? 'Yes' : 'No') : (mark.attributes['value'] ?? '')
  if (mark.tag === 'select')
    return wordsOf(all(mark, ({ attributes }) => 'selected' in attributes)[0] ?? { ...mark, tag: '', children: [] })
  return mark.children
    .map((child) => (isMark(child) ? wordsOf(child) : child))
    .join('')
    .trim()
}

/** Labels and what stands beside them in lists of facts (dl). */
export function factsOf(mark: Mark): Map<string, string> {
  const facts = new Map<string, string>()
  for (const list of allOf(mark, 'dl')) {
    let label = ''
    for (const each of all(list, ({ tag }) => tag === 'dt' || tag === 'dd')) {
      if (each.tag === 'dt') label = wordsOf(each)
      else facts.set(label, wordsOf(each))
    }
  }
  return facts
}
