import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleHelp } from 'lucide-react'
import type { RuleTopic, StateRules } from '../../../src-preload/contract/rules'
import { useFormat } from '../../base/format'
import { Banner } from '../../components/banner'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { ScreenProgress } from '../../components/spinner'
import { StatusBadge } from '../../components/status-badge'
import { rulesQuery } from './settings-api'

const topics: readonly { topic: RuleTopic; title: string; none: string }[] = [
  { topic: 'tolerance', title: 'Beyond what was authorized', none: '' },
  { topic: 'fees', title: 'Fees', none: 'No form of fee is forbidden.' },
  { topic: 'content', title: 'What estimates and invoices say', none: 'Nothing is asked for.' },
  { topic: 'notices', title: 'Words that are printed', none: 'None.' },
  { topic: 'records', title: 'Keeping records', none: '' },
  { topic: 'cash', title: 'Rounding cash', none: '' },
]

/** The law of the shop's state as the program goes by it, with sources, for the owner and a lawyer to read. */
export function RulesTab() {
  const format = useFormat()
  const { data: state, error } = useQuery(rulesQuery)
  if (error) return <ErrorBanner error={error} />
  if (!state) return <ScreenProgress />
  return (
    <div className="flex max-w-5xl flex-col gap-4">
      <h2 className="text-lg font-semibold">{state.isDefault ? 'Rules where no state’s are on record' : `Rules of ${state.stateName}`}</h2>
      <Banner tone="info">
        In force on {format.day(state.day)}. This is not legal advice: let a lawyer read it. What says &ldquo;unverified&rdquo; was not read
        in the law itself; the strictest of what was found holds. They follow the state in the shop&rsquo;s address.
      </Banner>
      {topics.map(({ topic, title, none }) => (
        <Card key={topic} title={title}>
          <Rules rules={state.rules.filter((rule) => rule.topic === topic)} none={none} />
        </Card>
      ))}
    </div>
  )
}

function Rules({ rules, none }: { rules: StateRules['rules']; none: string }) {
  const format = useFormat()
  if (rules.length === 0) return <p className="text-muted">{none}</p>
  return (
    <ul className="flex flex-col divide-y divide-line">
      {rules.map((rule) => (
        <li
          key={`${rule.sentence} ${rule.cite}`}
          className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 py-3 first:pt-0 last:pb-0"
        >
          <div className="flex min-w-0 flex-1 basis-96 flex-col gap-1">
            <p>{rule.sentence}</p>
            {rule.note && <p className="text-sm text-muted">{rule.note}</p>}
            <p className="text-sm text-muted">
              {rule.cite} · since {format.day(rule.validFrom)}
              <span className="block break-all select-text">{rule.url}</span>
            </p>
          </div>
          <StatusBadge tone={rule.isVerified ? 'good' : 'warn'} icon={rule.isVerified ? CircleCheck : CircleHelp}>
            {rule.isVerified ? 'Verified' : 'Unverified'}
          </StatusBadge>
        </li>
      ))}
    </ul>
  )
}
