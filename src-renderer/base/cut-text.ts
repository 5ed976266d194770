/** What an ellipsis cuts off is told whole while the pointer rests on it: one listener for every row that is too short for its words. */
export function tellCutText(): void {
  document.addEventListener('pointerover', ({ target }) => {
    const element = target instanceof Element ? target.closest<HTMLElement>('.truncate, [class*="line-clamp-"]') : null
    if (element instanceof HTMLSelectElement) element.title = isChoiceCut(element) ? (element.selectedOptions[0]?.label ?? '') : ''
    else if (element) element.title = isCut(element) ? element.textContent.trim() : ''
  })
}

function isCut({ scrollWidth, clientWidth, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollWidth > clientWidth || scrollHeight > clientHeight + 1
}

/** A select tells nothing of the width of what is chosen: it is measured. */
function isChoiceCut(select: HTMLSelectElement): boolean {
  const pen = document.createElement('canvas').getContext('2d')
  if (!pen) return false
  const { font, paddingLeft, paddingRight } = getComputedStyle(select)
  pen.font = font
  const room = select.clientWidth - Number.parseInt(paddingLeft, 10) - Number.parseInt(paddingRight, 10)
  return pen.measureText(select.selectedOptions[0]?.label ?? '').width > room
}
