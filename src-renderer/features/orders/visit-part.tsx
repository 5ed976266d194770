import { useQuery } from '@tanstack/react-query'
import type { Choices } from '../../../src-preload/contract/orders'
import { formatCount } from '../../base/format'
import { useKey } from '../../base/keys'
import { useGrant, useSession } from '../../base/session'
import { useNow } from '../../base/use-now'
import { Button } from '../../components/button'
import { DateTimeInput } from '../../components/date-time-input'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { Textarea } from '../../components/textarea'
import { TextInput } from '../../components/text-input'
import { WholeNumberInput } from '../../components/whole-number-input'
import { isLower } from './check-in-draft'
import { bayChoices, priorityChoices, technicianChoices } from './field-choices'
import { choicesQuery } from './orders-api'
import { promiseTimes } from './promise-times'
import type { CheckInState } from './use-check-in'

/** Why the car is here, how far it has run, and what was promised. */
export function VisitPart({ state }: { state: CheckInState }) {
  const { visit, lastOdometer, refused } = state
  const { data: choices, error } = useQuery(choicesQuery)
  const lower = isLower(visit, lastOdometer) || refused?.code === 'ODOMETER_LOWER'
  return (
    <div className="flex flex-col gap-4">
      <ErrorBanner error={error} />
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Odometer"
          hint={lastOdometer === null ? 'Miles; may follow later' : `Last time ${formatCount(lastOdometer)}`}
          error={state.problem('odometer')}
        >
          <WholeNumberInput
            data-focus="visit"
            value={visit.odometer}
            unreadable={visit.odometerText}
            onValueChange={(odometer, odometerValid, text) =>
              state.editVisit({ odometer, odometerValid, odometerText: odometerValid ? '' : text })
            }
          />
        </Field>
        <Field label="Priority">
          <Select value={visit.priority} onValueChange={(priority) => state.editVisit({ priority })} choices={priorityChoices} />
        </Field>
      </div>
      {lower && (
        <Field
          label="Why is the odometer lower?"
          required
          hint={`${formatCount(visit.odometer ?? 0)} now, ${formatCount(lastOdometer ?? 0)} last time`}
          error={state.problem('odometerReason')}
        >
          <TextInput value={visit.odometerReason} onValueChange={(odometerReason) => state.editVisit({ odometerReason })} />
        </Field>
      )}
      <Field label="Complaint" hint="In the customer’s words; may follow later" error={state.problem('complaint')}>
        <Textarea className="min-h-20!" value={visit.complaint} onValueChange={(complaint) => state.editVisit({ complaint })} />
      </Field>
      <PromiseField state={state} />
      <AssignFields state={state} choices={choices} />
    </div>
  )
}

function PromiseField({ state }: { state: CheckInState }) {
  const { timezone } = useSession().shop
  const now = useNow()
  const times = promiseTimes(now, timezone)
  const { promisedAt } = state.visit
  const isPast = promisedAt !== null && Date.parse(promisedAt) < now
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Promised for"
        error={state.problem('promisedAt')}
        {...(isPast ? { hint: <span className="text-warn">This time has passed already.</span> } : {})}
      >
        <DateTimeInput
          value={promisedAt}
          onValueChange={(promisedAt, promiseValid) => state.editVisit({ promisedAt, promiseValid })}
          timezone={timezone}
        />
      </Field>
      <div className="flex flex-wrap gap-1.5">
        {times.map(({ label, moment }, at) => (
          <PromiseKey
            key={label}
            keys={`Alt+${at + 1}`}
            label={label}
            pressed={promisedAt === moment}
            onPress={() => state.editVisit({ promisedAt: moment, promiseValid: true })}
          />
        ))}
      </div>
    </div>
  )
}

function PromiseKey({ keys, label, pressed, onPress }: { keys: string; label: string; pressed: boolean; onPress: () => void }) {
  useKey({ keys, title: `Promise: ${label}`, run: onPress })
  return (
    <Button size="small" keys={keys} aria-pressed={pressed} onClick={onPress} className={pressed ? 'border-accent! bg-accent-soft!' : ''}>
      {label}
    </Button>
  )
}

function AssignFields({ state, choices }: { state: CheckInState; choices: Choices | undefined }) {
  const mayAssign = useGrant('orders.assign') !== 'no'
  if (!mayAssign) return null
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Technician">
        <Select
          value={state.visit.technicianId}
          onValueChange={(technicianId) => state.editVisit({ technicianId })}
          choices={technicianChoices(choices, null)}
        />
      </Field>
      <Field label="Bay">
        <Select value={state.visit.bayId} onValueChange={(bayId) => state.editVisit({ bayId })} choices={bayChoices(choices, null)} />
      </Field>
    </div>
  )
}
