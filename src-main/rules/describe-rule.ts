import { cents, formatDollars, formatPercent } from '../../src-preload/contract/money'
import type { ContentItem, RuleRow, RuleTopic, Tolerance } from './state-pack'

const ITEMS: Record<ContentItem, string> = {
  registration_number: 'the registration number of the shop',
  shop_address: "the shop's name and address",
  shop_phone: "the shop's phone number",
  customer_phone: "the customer's phone number",
  vehicle_identity: 'plate or VIN of the vehicle',
  odometer_in: 'the odometer at drop-off',
  odometer_out: 'the odometer at pick-up',
  promised_date: 'the promised date',
  complaint: "the customer's complaint or request",
  part_condition: 'of each part whether it is new, used or rebuilt',
  mechanics: 'name and certification number of the mechanics',
  labor_basis: 'how labor is charged',
  guarantee_terms: 'the terms of guarantee',
}

/** What stands for the shop's own words in a notice. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  guarantee: "the shop's terms of guarantee.",
  storage: "the shop's notice of storage charges.",
  laborBasis: 'by the hour or at a flat rate',
  mechanics: 'names and numbers of the mechanics',
}

const inWords = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => OWN_WORDS[name] ?? '')

const listOfPapers = (on: readonly string[]) =>
  on.length > 1 ? 'Estimate and invoice' : on[0] === 'estimate' ? 'The estimate' : 'The invoice'

/** How far a bill may go where it may, in words that end a sentence. */
export function toleranceWords({ percent, flatCents, which, capCents, exemptCents }: Tolerance): string {
  const share = `${formatPercent(percent)} of the amount before tax`
  const flat = formatDollars(flatCents)
  const beyond = {
    none: 'nothing',
    percent: share,
    lesser: `the lesser of ${share} and ${flat}`,
    greater: `the greater of ${share} and ${flat}`,
  }
  const most = capCents === null ? '' : `, never more than ${formatDollars(capCents)}`
  const exempt = exemptCents > 0 ? `; up to ${formatDollars(exemptCents)} in all nothing has to be asked again` : ''
  return `by ${beyond[which]}${most}${exempt}`
}

const DESCRIBE: { readonly [Topic in RuleTopic]: (value: RuleRow<Topic>['value']) => string } = {
  tolerance: (value) =>
    value.which === 'none'
      ? 'The bill may not go beyond what the customer authorized, not by one cent.'
      : `The bill may go beyond what the customer authorized ${toleranceWords(value)}.`,
  fees: ({ forbids, why }) =>
    `${forbids === 'percent' ? 'No fee as a percentage.' : 'No fee under a name that says nothing, like "shop supplies".'} ${why}`,
  content: ({ item, on, severity }) =>
    `${listOfPapers(on)} ${on.length > 1 ? 'say' : 'says'} ${ITEMS[item]}.${
      severity === 'refuse' && on.includes('invoice') ? ' Without it no invoice is issued.' : ''
    }`,
  notices: ({ on, title, text, signed }) =>
    `${listOfPapers(on)} ${on.length > 1 ? 'print' : 'prints'} "${title}": ${inWords(text)}${signed ? ' It is signed.' : ''}`,
  records: ({ years }) => `Estimates, authorizations and invoices are kept for ${years} ${years === 1 ? 'year' : 'years'}.`,
  cash: ({ rounding }) =>
    ({
      silent: "Nothing is said about rounding cash: the shop's setting decides.",
      none: 'Cash is not rounded.',
      symmetric: `Cash is rounded to the nearest ${formatDollars(cents(5))}.`,
      down: `Cash is rounded down to ${formatDollars(cents(5))}.`,
    })[rounding],
}

/** A rule in plain words. */
export function describeRule<Topic extends RuleTopic>(topic: Topic, value: RuleRow<Topic>['value']): string {
  return DESCRIBE[topic](value)
}
