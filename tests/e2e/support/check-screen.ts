import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Every success criterion of WCAG 2.2 at A and AA that a program can judge. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Rule, elements and why, one line each; nothing for a screen that is all right. Legacy mode: it also works where no second page can be opened. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(TAGS)
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${(failureSummary ?? '').replaceAll(/\s+/g, ' ')}`),
  )
}

/** What stands beyond the right edge with no way to get there: neither the page nor a box of its own scrolls sideways to it. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1 ? ['the page scrolls sideways'] : []
    const main = document.querySelector('main')
    if (main && main.scrollWidth > main.clientWidth + 1) {
      const edge = main.getBoundingClientRect().left + main.clientWidth
      const over = [...main.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > edge + 1)
      const what = over.map((element) => `${element.tagName.toLowerCase()}[${element.getAttribute('aria-label') ?? element.className}]`)
      wide.push(`the screen scrolls sideways, ${main.scrollWidth} in ${main.clientWidth}: ${what.slice(0, 6).join(' > ')}`)
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
  })
}
