/** In the order of what is told soonest. */
export const parts = ['check', 'pure', 'main', 'renderer', 'whole', 'counter']

/**
 * What `npm test -- WORDS` runs: names of parts choose the parts, every other word chooses test files by name.
 * @param {readonly string[]} words
 * @returns {{ parts: string[], filters: string[], isNarrow: boolean }} isNarrow: a part in which nothing fits the words is no failure
 */
export function planRun(words) {
  const named = parts.filter((part) => words.includes(part))
  const filters = words.filter((word) => !parts.includes(word))
  if (named.length > 0) return { parts: named, filters, isNarrow: filters.length > 0 }
  if (filters.length > 0) return { parts: parts.filter((part) => part !== 'check'), filters, isNarrow: true }
  return { parts: [...parts], filters, isNarrow: false }
}
