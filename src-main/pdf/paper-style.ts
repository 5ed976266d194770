/** How the paper looks. All lengths are points (1/72 inch) on US Letter, measured from the top left corner. */
export const PAGE = { width: 612, height: 792 } as const
export const MARGIN = { left: 48, right: 48, top: 40, bottom: 48 } as const
export const CONTENT = { left: MARGIN.left, right: PAGE.width - MARGIN.right, width: PAGE.width - MARGIN.left - MARGIN.right } as const
export const BODY_BOTTOM = PAGE.height - MARGIN.bottom
/** Where the body starts on a page that repeats the document's head in one line. */
export const CONTINUED_TOP = 80

// Every ink but the watermark keeps 4.5:1 on white and is told apart without colour.
export const INK = { text: '#1b1f24', muted: '#565e69', accent: '#1d4468', rule: '#c9cfd6', void: '#b3261e', watermark: '#f7dedc' } as const

export type Weight = 'regular' | 'strong'

export interface Style {
  readonly weight: Weight
  readonly sizePt: number
  /** distance from one baseline to the next */
  readonly leadingPt: number
  readonly color: string
}

export const STYLES = {
  title: { weight: 'strong', sizePt: 22, leadingPt: 26, color: INK.accent },
  shopName: { weight: 'strong', sizePt: 14, leadingPt: 18, color: INK.text },
  section: { weight: 'strong', sizePt: 10.5, leadingPt: 15, color: INK.accent },
  job: { weight: 'strong', sizePt: 10, leadingPt: 14, color: INK.text },
  body: { weight: 'regular', sizePt: 9, leadingPt: 12.5, color: INK.text },
  strong: { weight: 'strong', sizePt: 9, leadingPt: 12.5, color: INK.text },
  small: { weight: 'regular', sizePt: 8, leadingPt: 11, color: INK.muted },
  smallStrong: { weight: 'strong', sizePt: 8, leadingPt: 11, color: INK.muted },
  grandTotal: { weight: 'strong', sizePt: 12.5, leadingPt: 18, color: INK.text },
  stamp: { weight: 'strong', sizePt: 12, leadingPt: 16, color: INK.void },
  watermark: { weight: 'strong', sizePt: 170, leadingPt: 170, color: INK.watermark },
  longWatermark: { weight: 'strong', sizePt: 104, leadingPt: 104, color: INK.watermark },
} as const satisfies Record<string, Style>
