import { Kbd } from '../../components/kbd'
import type { Command } from './palette-commands'

/** One thing that can be done: its name, its key, where it comes from; or why it cannot be done now. */
export function CommandRow({ command: { title, group, keys, whyNot } }: { command: Command }) {
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_auto_6rem] items-center gap-3">
      <span className="min-w-0">
        <span className={`block truncate ${whyNot === undefined ? 'font-medium' : 'text-muted'}`}>
          <bdi>{title}</bdi>
        </span>
        {whyNot !== undefined && <span className="block text-sm text-muted">Not now: {whyNot}</span>}
      </span>
      <span>{keys && <Kbd keys={keys} />}</span>
      <span className="text-right text-sm text-muted">{group}</span>
    </span>
  )
}
