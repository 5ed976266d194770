import type { Line } from '../../../src-preload/contract/orders'
import { priceLabel, priceWords } from './price-words'

/** Under a price: which rule made it. In full for the mouse and for screen readers. */
export function PriceOrigin({ line: { priceSource } }: { line: Line }) {
  if (!priceSource) return null
  const words = priceWords(priceSource)
  return (
    <p className="truncate px-1.5 text-right text-xs text-muted">
      <span aria-hidden="true">{priceLabel(priceSource)}</span>
      <span className="sr-only">{words}</span>
    </p>
  )
}
