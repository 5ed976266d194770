import { keyNames } from '../base/key-names'

/** Key caps of a shortcut in tinykeys' notation: '$mod+k' -> Ctrl K. */
export function Kbd({ keys, onFill = false }: { keys: string; onFill?: boolean }) {
  const colours = onFill ? 'border-current text-on-accent' : 'border-line bg-sunken text-muted'
  return (
    <span className="inline-flex gap-0.5" aria-hidden="true">
      {keyNames(keys).map((name) => (
        <kbd
          key={name}
          className={`inline-flex h-5 min-w-5 items-center justify-center rounded-sm border px-1 font-sans text-xs font-medium ${colours}`}
        >
          {name}
        </kbd>
      ))}
    </span>
  )
}
