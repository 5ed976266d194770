import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export interface Tab<Key extends string> {
  key: Key
  label: string
  /** a number behind the word */
  count?: number
  content: ReactNode
}

/** Arrow keys move between tabs, the panel follows. Only the open panel is mounted. */
export function Tabs<Key extends string>(props: {
  label: string
  tabs: readonly Tab<Key>[]
  value: Key
  onValueChange: (value: Key) => void
}) {
  const { label, tabs, value, onValueChange } = props
  return (
    <BaseTabs.Root value={value} onValueChange={(next) => onValueChange(next as Key)} className="flex min-w-0 flex-col">
      <BaseTabs.List aria-label={label} activateOnFocus className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.key}
            value={tab.key}
            className="-mb-px flex h-10 items-center gap-1.5 border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-muted hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent data-active:text-accent-ink"
          >
            {tab.label}
            {tab.count !== undefined && <span className="rounded-full bg-sunken px-1.5 text-xs text-muted">{tab.count}</span>}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.key} value={tab.key} className="min-w-0 pt-4">
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
