import { at, isTest } from './source-files.mjs'

const tokens = 'src-renderer/styles/tokens.css'
const inStyles = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/gi
/** In code only what cannot be an order's number: '#1042' is one, '#1042ff' is a colour. */
const inCode = /(?<=['"`\s[:])#(?:[0-9a-f]{6}(?:[0-9a-f]{2})?|(?=\d*[a-f])[0-9a-f]{3})\b|\b(?:rgba?|hsla?|oklch|oklab)\(/gi
const palette =
  'slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose'
const parts = 'bg|text|border|ring|outline|fill|stroke|from|via|to|divide|accent|caret|decoration|shadow|placeholder'
const inClasses = new RegExp(`(?<=['"\`\\s:])(?:${parts})-(?:(?:${palette})-\\d{2,3}|white|black)\\b`, 'g')

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))

/**
 * Colours stand in one file, so that light, dark and contrast are decided once.
 * @param {import('./source-files.mjs').SourceFile[]} all
 * @returns {{ looked: number, problems: string[] }}
 */
export function checkColours(all) {
  const files = all.filter((file) => /^src-renderer\/.*\.(?:css|tsx?|html)$/.test(file.path) && !isTest(file))
  const problems = files
    .filter((file) => file.path !== tokens)
    .flatMap((file) => {
      const text = withoutComments(file.text)
      const found = file.path.endsWith('.css') ? [...text.matchAll(inStyles)] : [...text.matchAll(inCode), ...text.matchAll(inClasses)]
      return found.map((match) => `${at(file, match.index)} the colour ${match[0]} belongs into ${tokens}`)
    })
  return { looked: files.length, problems }
}
