import { blankCustomer, CustomerFields } from '../../../src-preload/contract/customers'

export type CustomerKind = CustomerFields['kind']
type Name = keyof CustomerFields

export const kindNames: Readonly<Record<CustomerKind, string>> = { person: 'Person', company: 'Company', walk_in: 'Walk-in' }
export const kindChoices = CustomerFields.shape.kind.options.map((kind) => ({ value: kind, label: kindNames[kind] }))

export type TextName = Exclude<{ [Field in Name]: CustomerFields[Field] extends string ? Field : never }[Name], 'kind' | 'preferredContact'>

export const fieldNames: Readonly<Record<TextName, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  companyName: 'Company',
  phone: 'Phone',
  phoneExt: 'Extension',
  alternatePhone: 'Other phone',
  email: 'E-mail',
  address: 'Street address',
  city: 'City',
  state: 'State',
  zip: 'ZIP',
  taxExemptNumber: 'Certificate number',
  taxExemptExpires: 'Certificate valid until',
  notes: 'Notes',
}

export const contactChoices = [
  { value: 'phone', label: 'Phone call' },
  { value: 'sms', label: 'Text message' },
  { value: 'email', label: 'E-mail' },
] as const

const reach: readonly Name[] = ['firstName', 'lastName', 'phone', 'phoneExt', 'email']
const rest: readonly Name[] = [
  'alternatePhone',
  'address',
  'city',
  'state',
  'zip',
  'preferredContact',
  'taxExempt',
  'taxExemptNumber',
  'taxExemptExpires',
  'notes',
  'tags',
]
const shown: Readonly<Record<CustomerKind, ReadonlySet<Name>>> = {
  person: new Set([...reach, ...rest]),
  company: new Set(['companyName', 'requiresPurchaseOrder', ...reach, ...rest]),
  walk_in: new Set([...reach, 'notes', 'tags']),
}

/** What a kind of customer has: somebody who walks in once has no address and no tax certificate, a person has no company. */
export function has(kind: CustomerKind, name: Name): boolean {
  return name === 'kind' || shown[kind].has(name)
}

/** The draft without what its kind does not have (typed before the kind was switched; it comes back when it is switched back). */
export function withoutHidden(draft: CustomerFields): CustomerFields {
  const visible = Object.fromEntries(Object.entries(draft).filter(([name]) => has(draft.kind, name as Name)))
  const kept = { ...blankCustomer, ...visible }
  return kept.taxExempt ? kept : { ...kept, taxExemptNumber: '', taxExemptExpires: '' }
}

/** Is this field marked as needed? */
export function isRequired(kind: CustomerKind, name: Name): boolean {
  return (kind === 'person' && (name === 'lastName' || name === 'phone')) || (kind === 'company' && name === 'companyName')
}

/** Complete facts, or a sentence for each field that needs another look. */
export function checkCustomer(draft: CustomerFields): { fields: CustomerFields } | { problems: Readonly<Record<string, string>> } {
  const tidy = withoutHidden(draft)
  const checked = CustomerFields.safeParse(tidy)
  const problems: Record<string, string> = {}
  for (const issue of checked.error?.issues ?? []) problems[issue.path.join('.')] ??= issue.message
  const isMissing = (name: 'firstName' | 'lastName' | 'companyName' | 'phone' | 'taxExemptNumber'): boolean => tidy[name].trim() === ''
  if (tidy.kind === 'person' && isMissing('firstName') && isMissing('lastName')) problems.lastName ??= 'Enter a first or last name.'
  if (tidy.kind === 'person' && isMissing('phone')) problems.phone ??= 'Enter a phone number.'
  if (tidy.kind === 'company' && isMissing('companyName')) problems.companyName ??= 'Enter the name of the company.'
  if (tidy.taxExempt && isMissing('taxExemptNumber')) problems.taxExemptNumber ??= 'Enter the number of the exemption certificate.'
  return checked.success && Object.keys(problems).length === 0 ? { fields: checked.data } : { problems }
}
