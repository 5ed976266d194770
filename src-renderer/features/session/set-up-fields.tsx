import { useState } from 'react'
import { US_STATES } from '../../../src-preload/contract/session'
import { timeZoneChoices } from '../../base/time-zones'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { PercentInput } from '../../components/percent-input'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { machineZone, type SetUpDraft } from './set-up-draft'

interface GroupProps<Group> {
  draft: Group
  onDraft: (change: Partial<Group>) => void
  errorOf: (path: string) => string | undefined
}

const zoneChoices = timeZoneChoices(machineZone)
const stateChoices = [{ value: '' as const, label: 'Choose' }, ...US_STATES.map((state) => ({ value: state, label: state }))]

interface ShopFieldsProps extends GroupProps<SetUpDraft['shop']> {
  /** the state lets no bill out without the shop's registration number */
  registers: boolean
}

export function ShopFields({ draft, onDraft, errorOf, registers }: ShopFieldsProps) {
  return (
    <fieldset className="grid grid-cols-6 gap-4">
      <legend className="col-span-6 mb-1 text-base font-semibold">The shop</legend>
      <Field label="Shop name" required error={errorOf('shop.name')} className="col-span-6 sm:col-span-4">
        <TextInput value={draft.name} onValueChange={(name) => onDraft({ name })} autoFocus />
      </Field>
      <Field label="Phone" error={errorOf('shop.phone')} className="col-span-6 sm:col-span-2">
        <TextInput type="tel" value={draft.phone} onValueChange={(phone) => onDraft({ phone })} />
      </Field>
      <Field label="Street address" error={errorOf('shop.address')} className="col-span-6 md:col-span-2">
        <TextInput value={draft.address} onValueChange={(address) => onDraft({ address })} />
      </Field>
      <Field label="City" error={errorOf('shop.city')} className="col-span-3 md:col-span-2">
        <TextInput value={draft.city} onValueChange={(city) => onDraft({ city })} />
      </Field>
      <Field label="State" required error={errorOf('shop.state')} className="col-span-2 md:col-span-1">
        <Select value={draft.state} onValueChange={(state) => onDraft({ state })} choices={stateChoices} />
      </Field>
      <Field label="ZIP" error={errorOf('shop.zip')} className="col-span-1">
        <TextInput value={draft.zip} onValueChange={(zip) => onDraft({ zip })} inputMode="numeric" />
      </Field>
      <Field label="Time zone" required error={errorOf('shop.timezone')} className="col-span-6 md:col-span-2">
        <Select value={draft.timezone} onValueChange={(timezone) => onDraft({ timezone })} choices={zoneChoices} />
      </Field>
      <Field
        label="Sales tax rate"
        required
        hint="What parts are taxed with here."
        error={errorOf('shop.taxRateMillionths')}
        className="col-span-3 md:col-span-2"
      >
        <PercentInput value={draft.taxRateMillionths} onValueChange={(taxRateMillionths) => onDraft({ taxRateMillionths })} />
      </Field>
      <Field label="Labor rate an hour" required error={errorOf('shop.laborRateCents')} className="col-span-3 md:col-span-2">
        <MoneyInput value={draft.laborRateCents} onValueChange={(laborRateCents) => onDraft({ laborRateCents })} />
      </Field>
      <Field
        label="Registration number"
        hint={
          registers
            ? `${draft.state} lets no invoice out without it. It may follow, under Settings, before the first invoice.`
            : 'Of the state, printed where it asks for it; may follow in the settings.'
        }
        error={errorOf('shop.registrationNumber')}
        className="col-span-6 md:col-span-2"
      >
        <TextInput value={draft.registrationNumber} onValueChange={(registrationNumber) => onDraft({ registrationNumber })} />
      </Field>
    </fieldset>
  )
}

export function OwnerFields({ draft, onDraft, errorOf }: GroupProps<SetUpDraft['owner']>) {
  // Nobody else could let a mistyped owner in again.
  const [isShown, setShown] = useState(false)
  return (
    <fieldset className="grid grid-cols-2 gap-4">
      <legend className="col-span-2 mb-1 text-base font-semibold">You, the owner</legend>
      <Field label="First name" required error={errorOf('owner.firstName')}>
        <TextInput value={draft.firstName} onValueChange={(firstName) => onDraft({ firstName })} autoComplete="given-name" />
      </Field>
      <Field label="Last name" required error={errorOf('owner.lastName')}>
        <TextInput value={draft.lastName} onValueChange={(lastName) => onDraft({ lastName })} autoComplete="family-name" />
      </Field>
      <Field label="E-mail" required hint="You sign in with it." error={errorOf('owner.email')}>
        <TextInput type="email" value={draft.email} onValueChange={(email) => onDraft({ email })} autoComplete="username" />
      </Field>
      <Field label="Password" required hint="At least 10 characters." error={errorOf('owner.password')}>
        <TextInput
          type={isShown ? 'text' : 'password'}
          value={draft.password}
          onValueChange={(password) => onDraft({ password })}
          autoComplete="new-password"
        />
      </Field>
      <div className="col-start-2 -mt-2">
        <Checkbox label="Show what is typed" checked={isShown} onCheckedChange={setShown} />
      </div>
    </fieldset>
  )
}
