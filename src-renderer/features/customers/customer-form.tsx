import { type ReactNode, type Ref, useState } from 'react'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import { Button } from '../../components/button'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { Textarea } from '../../components/textarea'
import { contactChoices, fieldNames, has, isRequired, kindChoices, type TextName } from './customer-draft'

export interface CustomerFormProps {
  draft: CustomerFields
  onDraft: (change: Partial<CustomerFields>) => void
  problemOf: (name: string) => string | undefined
}

interface WholeFormProps extends CustomerFormProps {
  /** where typing begins */
  firstField: Ref<HTMLInputElement>
  /** right under what tells who it is: possible duplicates */
  children?: ReactNode
}

/** The fields of a new customer: those its kind has, the ones the counter needs first, the rest on demand. */
export function CustomerForm({ firstField, children, ...props }: WholeFormProps) {
  const { draft, onDraft, problemOf } = props
  const [open, setOpen] = useState(false)
  const hasRest = has(draft.kind, 'address')
  const mustOpen = ['alternatePhone', 'address', 'city', 'state', 'zip', 'taxExemptNumber', 'taxExemptExpires'].some((name) =>
    problemOf(name),
  )
  const isOpen = open || mustOpen
  return (
    <div className="flex flex-col gap-4">
      <KindChoice kind={draft.kind} onKind={(kind) => onDraft({ kind })} />
      <div className="grid grid-cols-6 gap-x-3 gap-y-4">
        <Text {...props} name="companyName" className="col-span-6" />
        <Text {...props} name="firstName" className="col-span-3" ref={firstField} />
        <Text {...props} name="lastName" className="col-span-3" />
        <Text {...props} name="phone" type="tel" className="col-span-2" />
        <Text {...props} name="phoneExt" className="col-span-1" />
        <Text {...props} name="email" type="email" className="col-span-3" />
      </div>
      {children}
      {hasRest && (
        <Button
          look="quiet"
          size="small"
          className="self-start"
          aria-expanded={isOpen}
          icon={isOpen ? <ChevronDown size={16} aria-hidden="true" /> : <ChevronRight size={16} aria-hidden="true" />}
          onClick={() => setOpen(!isOpen)}
        >
          Address, tax exemption, how to reach them
        </Button>
      )}
      {hasRest && isOpen && <RestFields {...props} />}
      <Field label={fieldNames.notes} error={problemOf('notes')}>
        <Textarea value={draft.notes} onValueChange={(notes) => onDraft({ notes })} />
      </Field>
    </div>
  )
}

function RestFields(props: CustomerFormProps) {
  const { draft, onDraft, problemOf } = props
  return (
    <div className="grid grid-cols-6 gap-x-3 gap-y-4">
      <Text {...props} name="address" className="col-span-6" />
      <Text {...props} name="city" className="col-span-3" />
      <Text {...props} name="state" className="col-span-1" maxLength={2} />
      <Text {...props} name="zip" className="col-span-2" inputMode="numeric" />
      <Text {...props} name="alternatePhone" type="tel" className="col-span-3" />
      <Field label="Reach them by" error={problemOf('preferredContact')} className="col-span-3">
        <Select
          value={draft.preferredContact}
          onValueChange={(preferredContact) => onDraft({ preferredContact })}
          choices={contactChoices}
        />
      </Field>
      <div className="col-span-3 pt-7">
        <Checkbox label="Exempt from sales tax" checked={draft.taxExempt} onCheckedChange={(taxExempt) => onDraft({ taxExempt })} />
      </div>
      {draft.taxExempt && <Text {...props} name="taxExemptNumber" className="col-span-3" required />}
      {draft.taxExempt && <Text {...props} name="taxExemptExpires" type="date" className="col-span-3" />}
      {has(draft.kind, 'requiresPurchaseOrder') && (
        <div className="col-span-6">
          <Checkbox
            label="No bill without their purchase order number"
            checked={draft.requiresPurchaseOrder}
            onCheckedChange={(requiresPurchaseOrder) => onDraft({ requiresPurchaseOrder })}
          />
        </div>
      )}
    </div>
  )
}

interface TextProps extends CustomerFormProps {
  name: TextName
  className: string
  type?: 'text' | 'tel' | 'email' | 'date'
  inputMode?: 'numeric'
  maxLength?: number
  ref?: Ref<HTMLInputElement>
  required?: boolean
}

function Text({ draft, onDraft, problemOf, name, className, required, ...input }: TextProps) {
  if (!has(draft.kind, name)) return null
  return (
    <Field label={fieldNames[name]} error={problemOf(name)} required={required ?? isRequired(draft.kind, name)} className={className}>
      <TextInput {...input} value={draft[name]} onValueChange={(text) => onDraft({ [name]: text })} />
    </Field>
  )
}

function KindChoice({ kind, onKind }: { kind: CustomerFields['kind']; onKind: (kind: CustomerFields['kind']) => void }) {
  return (
    <fieldset className="flex gap-1 self-start rounded-md bg-sunken p-1">
      <legend className="sr-only">Kind of customer</legend>
      {kindChoices.map(({ value, label }) => (
        <label
          key={value}
          className="cursor-pointer rounded-sm px-3 py-1 font-medium text-muted has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input type="radio" name="kind" className="sr-only" checked={kind === value} onChange={() => onKind(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
