import type { KeyBinding } from '../base/key-bindings'
import { Dialog } from './dialog'
import { Kbd } from './kbd'

/** The keys that do something on this screen right now, newest (the screen's own) first. */
export function HelpDialog({ open, onClose, bindings }: { open: boolean; onClose: () => void; bindings: readonly KeyBinding[] }) {
  const seen = new Set<string>()
  const listed = bindings.toReversed().filter((binding) => {
    if (binding.hidden || seen.has(binding.keys)) return false
    seen.add(binding.keys)
    return true
  })
  return (
    <Dialog open={open} onClose={onClose} title="Keys of this screen" size="medium">
      <dl className="grid gap-x-8 sm:grid-cols-2">
        {listed.map((binding) => (
          <div key={binding.keys} className="flex items-center justify-between gap-4 border-b border-line py-1.5">
            <dt>{binding.title}</dt>
            <dd>
              <span className="sr-only">{binding.keys}</span>
              <Kbd keys={binding.keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
