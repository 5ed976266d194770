import { vinFieldNames } from '../base/vin-fill'
import { Banner } from './banner'
import { Button } from './button'
import type { VinFill } from './use-vin-fill'

/** Under a VIN: what it says, what was filled in (with a way back), where it says something else, what is to be typed by hand. */
export function VinNote({ fill, className = '' }: { fill: VinFill; className?: string }) {
  const { decoded, filled, differences } = fill
  if (!decoded) return null
  return (
    <div className={`flex flex-col gap-2 ${className}`}>
      <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span className={decoded.complete ? 'font-medium text-ink' : ''}>{decoded.message}</span>
        {filled.length > 0 && (
          <span className="inline-flex flex-wrap items-center gap-x-2">
            Filled in: {filled.map((name) => vinFieldNames[name].toLowerCase()).join(', ')}.
            <Button size="small" onClick={fill.undo}>
              Undo
            </Button>
          </span>
        )}
      </div>
      {differences.length > 0 && (
        <Banner tone="warn">
          By its VIN this is another car: {differences.map(({ name, says }) => `${vinFieldNames[name].toLowerCase()} ${says}`).join(', ')}.
          <span className="mt-2 flex flex-wrap gap-2">
            {differences.map(({ name, says }) => (
              <Button key={name} size="small" onClick={() => fill.take(name)}>
                Use {says}
              </Button>
            ))}
          </span>
        </Banner>
      )}
    </div>
  )
}
