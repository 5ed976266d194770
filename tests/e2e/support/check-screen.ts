import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Every success criterion of WCAG 2.2 at A and AA that a program can judge. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What the look or the size of a screen decides; the others read the same of it in any. */
const RULES_OF_LOOK = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size', 'aria-hidden-focus']

/**
 * Rule, elements and why, one line each; nothing for a screen that is all right. Legacy mode: it also works where no second page can be opened.
 * `again`: the same screen in another look or size, after it was all right in one.
 */
export async function axeViolations(page: Page, { again = false } = {}): Promise<string[]> {
  // Half a megabyte of axe is read once a document, not each time.
  const isThere = await page.evaluate(() => 'axe' in window)
  const axe = new AxeBuilder(isThere ? { page, axeSource: ';' } : { page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await (again ? axe.withRules(RULES_OF_LOOK) : axe.withTags(TAGS)).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${(failureSummary ?? '').replaceAll(/\s+/g, ' ')}`),
  )
}

/** What cannot be seen or reached, one line each: beyond the edge, clipped, or under something else. */
export async function cutOff(page: Page): Promise<string[]> {
  return [...(await page.evaluate(beyondTheEdge)), ...(await page.evaluate(clippedText)), ...(await page.evaluate(unreachable))]
}

// Each of these runs in the page and stands alone there: nothing from outside it.

/** Past the right edge with no way to get there: neither the page nor a box of its own scrolls sideways to it. */
function beyondTheEdge(): string[] {
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1 ? ['the page scrolls sideways'] : []
  for (const box of document.querySelectorAll('main, [role=dialog], [role=alertdialog], [role=dialog] form > div')) {
    if (box.scrollWidth <= box.clientWidth + 1) continue
    const edge = box.getBoundingClientRect().left + box.clientWidth
    const over = [...box.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > edge + 1)
    const what = over.map((element) => `${element.tagName.toLowerCase()}[${element.getAttribute('aria-label') ?? element.className}]`)
    wide.push(`${box.tagName.toLowerCase()} scrolls sideways, ${box.scrollWidth} in ${box.clientWidth}: ${what.slice(0, 6).join(' > ')}`)
  }
  const scrolls = (element: Element): boolean => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth) return true
    }
    return false
  }
  for (const element of document.querySelectorAll<HTMLElement>('button, a, input, select, textarea, h1, h2, p, td, dd, [role=tab]')) {
    const { left, right, width, height } = element.getBoundingClientRect()
    const isShown = width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true })
    if (isShown && (right > innerWidth + 1 || left < -1) && !scrolls(element)) {
      wide.push(
        `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 40)}" from ${Math.round(left)} to ${Math.round(right)}`,
      )
    }
  }
  return wide
}

/** Text that does not fit its box and is not shown otherwise: an ellipsis is right where the whole stands in a title. */
function clippedText(): string[] {
  const found: string[] = []
  const words = (element: Element): string => (element.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
  const isSeen = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect()
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true })
  }
  const measure = document.createElement('canvas').getContext('2d')
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (!isSeen(element) || words(element) === '') continue
    const style = getComputedStyle(element)
    element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true })) // as it is told (base/cut-text.ts)
    if (element instanceof HTMLSelectElement) {
      const text = element.selectedOptions[0]?.text ?? ''
      if (measure) measure.font = style.font
      const room = element.clientWidth - Number.parseInt(style.paddingLeft, 10) - Number.parseInt(style.paddingRight, 10)
      if (measure && measure.measureText(text).width > room + 1 && element.title === '') found.push(`chosen "${text}" in ${room} px`)
      continue
    }
    const isClipped =
      (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (/hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
    const isTold = (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') && element.title !== ''
    if (isClipped && !isTold) {
      const size = `${element.scrollWidth}x${element.scrollHeight} in ${element.clientWidth}x${element.clientHeight}`
      found.push(`clipped "${words(element).slice(0, 60)}" (${size})`)
    }
  }
  return found
}

/** What takes the focus and, brought into sight as the browser does it, is still outside the window or under something else. */
function unreachable(): string[] {
  const found: string[] = []
  const top = [
    ...document.querySelectorAll<HTMLElement>('[role=dialog]:not([aria-modal=false]), [role=alertdialog], [role=menu], [role=listbox]'),
  ].at(-1)
  const within = top ?? document.body
  const name = (element: HTMLElement): string =>
    `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`
  for (const element of within.querySelectorAll<HTMLElement>(
    'a[href], button, input, select, textarea, [tabindex="0"], [role=menuitem], [role=option]',
  )) {
    const isShown = element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).pointerEvents !== 'none'
    const { width, height } = element.getBoundingClientRect()
    if (!isShown || width <= 1 || height <= 1) continue
    element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
    const box = element.getBoundingClientRect()
    // Of what is wider or higher than its window a part is in sight.
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
    const [upper, lower] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
    if (right - left < Math.min(width, 12) || lower - upper < Math.min(height, 12)) {
      found.push(`${name(element)} cannot be brought into sight (${Math.round(box.left)}, ${Math.round(box.top)})`)
      continue
    }
    const [x, y] = [(left + right) / 2, (upper + lower) / 2]
    const over = document.elementFromPoint(x, y)
    const isItself = over === element || (over !== null && (element.contains(over) || over.contains(element)))
    const isLabel = over !== null && over.closest('label') !== null && over.closest('label') === element.closest('label')
    // What is said in passing goes by itself, or is dismissed.
    const isToast = over?.closest('[role=dialog][aria-modal=false]') !== null
    if (!isItself && !isLabel && !(isToast && top === undefined)) {
      found.push(`${name(element)} lies under ${over?.tagName.toLowerCase()} "${(over?.textContent ?? '').trim().slice(0, 30)}"`)
    }
  }
  return found
}
