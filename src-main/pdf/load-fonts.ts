import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type PdfKitDocument from 'pdfkit'
import { invariant } from '../base/invariant'
import type { Weight } from './paper-style'

export type PdfDocument = InstanceType<typeof PdfKitDocument>

/** Looked through in this order for a letter; the large Chinese fonts are read only when nothing before them has it. */
export const SCRIPTS = ['latin', 'hebrew', 'arabic', 'chinese'] as const
export type Script = (typeof SCRIPTS)[number]

/** What is used of a font once pdfkit has parsed it. */
interface ParsedFont {
  hasGlyphForCodePoint(codePoint: number): boolean
  _glyphs: object
}

/** Naskh letters are small beside Latin ones of the same size. */
const NASKH_SCALE = 1.15

const packages = createRequire(import.meta.url) // not `require`: the bundler declares that name itself

const FILES: Record<Script, () => { main: string; regular: string; strong: string }> = {
  latin: () => ({ main: packages.resolve('@embedpdf/fonts-latin'), regular: 'NotoSans-Regular.ttf', strong: 'NotoSans-SemiBold.ttf' }),
  hebrew: () => ({
    main: packages.resolve('@embedpdf/fonts-hebrew'),
    regular: 'NotoSansHebrew-Regular.ttf',
    strong: 'NotoSansHebrew-Bold.ttf',
  }),
  arabic: () => ({
    main: packages.resolve('@embedpdf/fonts-arabic'),
    regular: 'NotoNaskhArabic-Regular.ttf',
    strong: 'NotoNaskhArabic-Bold.ttf',
  }),
  chinese: () => ({ main: packages.resolve('@embedpdf/fonts-sc'), regular: 'NotoSansHans-Regular.otf', strong: 'NotoSansHans-Bold.otf' }),
}

/** One parse a process: it costs a hundred times what a page of text costs. */
const parsed = new Map<string, ParsedFont>()

/** The fonts of one document, by script and weight. */
export interface Fonts {
  use(script: Script, weight: Weight, sizePt: number): void
  has(script: Script, weight: Weight, codePoint: number): boolean
}

/**
 * Fonts for a new document. Call it once a document and draw one document at a time: a parsed font remembers for each glyph the character
 * that asked for it first, and would hand that of an earlier document (a no-break space for a space) to this one.
 */
export function loadFonts(doc: PdfDocument): Fonts {
  for (const font of parsed.values()) font._glyphs = {}
  const known = new Map<string, boolean>()
  const registered = new Set<string>()
  const register = (script: Script, weight: Weight): string => {
    const name = `${script}-${weight}`
    if (!registered.has(name)) {
      doc.registerFont(name, fontSource(script, weight, name) as Buffer)
      registered.add(name)
    }
    return name
  }
  const select = (script: Script, weight: Weight): ParsedFont => {
    const name = register(script, weight)
    doc.font(name)
    const font = parsed.get(name) ?? parsedFontOf(doc)
    parsed.set(name, font)
    return font
  }
  return {
    use(script, weight, sizePt) {
      select(script, weight)
      doc.fontSize(sizePt * (script === 'arabic' ? NASKH_SCALE : 1))
    },
    has(script, weight, codePoint) {
      const key = `${script} ${weight} ${codePoint}`
      const answer = known.get(key) ?? select(script, weight).hasGlyphForCodePoint(codePoint)
      known.set(key, answer)
      return answer
    },
  }
}

/** The file's bytes the first time, the parsed font afterwards: pdfkit takes both. */
function fontSource(script: Script, weight: Weight, name: string): unknown {
  const known = parsed.get(name)
  if (known) return known
  const { main, regular, strong } = FILES[script]()
  return readFileSync(join(dirname(main), '..', 'fonts', weight === 'strong' ? strong : regular))
}

function parsedFontOf(doc: PdfDocument): ParsedFont {
  const { font } = (doc as unknown as { _font: { font?: ParsedFont } })._font
  invariant(font && typeof font.hasGlyphForCodePoint === 'function' && '_glyphs' in font, 'pdfkit keeps its parsed font elsewhere')
  return font
}
