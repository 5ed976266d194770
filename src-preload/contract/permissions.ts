import { z } from 'zod'

export const Role = z.enum(['owner', 'service_advisor', 'technician', 'front_desk', 'parts_manager'])
export type Role = z.output<typeof Role>

/**
 * yes       allowed
 * limit     allowed up to a limit of the shop's settings, above it an approver's PIN (checked in the use case)
 * approval  always an approver's PIN (checked in the use case)
 * own       own or assigned records, or fewer fields (checked in the use case)
 * no        refused by the gate
 */
export type Grant = 'yes' | 'limit' | 'approval' | 'own' | 'no'

type Row = readonly [owner: Grant, advisor: Grant, frontDesk: Grant, technician: Grant, parts: Grant]

/** The permission matrix. A call names one of these rows; what is not here does not compile; a role that is not granted is refused. */
const matrix = {
  'customers.see': ['yes', 'yes', 'yes', 'own', 'own'], // own: name and vehicle, no phone, e-mail, address
  'customers.edit': ['yes', 'yes', 'yes', 'no', 'no'],
  'customers.remove': ['yes', 'approval', 'no', 'no', 'no'],
  'customers.merge': ['yes', 'approval', 'no', 'no', 'no'],
  'customers.consent': ['yes', 'yes', 'yes', 'no', 'no'], // to give; whoever sees the customer takes it back
  'customers.tax_exempt': ['yes', 'approval', 'approval', 'no', 'no'], // certificate number required
  'orders.see': ['yes', 'yes', 'yes', 'own', 'yes'], // own: assigned to me
  'orders.create': ['yes', 'yes', 'yes', 'no', 'no'],
  'orders.edit': ['yes', 'yes', 'yes', 'own', 'own'], // own: technician notes and odometer; parts: internal notes
  'orders.assign': ['yes', 'yes', 'limit', 'own', 'no'], // limit: front desk while checking in; own: oneself
  'orders.lines': ['yes', 'yes', 'limit', 'no', 'own'], // limit: at the shop's own price only; own: part lines
  'orders.price_override': ['yes', 'limit', 'approval', 'no', 'limit'],
  'orders.discount': ['yes', 'limit', 'limit', 'no', 'no'],
  'orders.authorize': ['yes', 'yes', 'yes', 'no', 'no'],
  'orders.work': ['yes', 'yes', 'no', 'own', 'no'], // start, complete
  'orders.reopen': ['yes', 'approval', 'no', 'no', 'no'],
  'orders.remove': ['yes', 'yes', 'own', 'no', 'no'], // drafts only
  'costs.see': ['yes', 'limit', 'no', 'no', 'yes'], // limit: margin percent only
  'invoices.issue': ['yes', 'yes', 'yes', 'no', 'no'],
  'invoices.terms': ['yes', 'limit', 'no', 'no', 'no'],
  'invoices.void': ['yes', 'approval', 'approval', 'no', 'no'],
  'invoices.credit': ['yes', 'approval', 'no', 'no', 'no'],
  'invoices.see': ['yes', 'yes', 'yes', 'no', 'own'],
  'payments.take': ['yes', 'yes', 'yes', 'no', 'no'],
  'payments.record_elsewhere': ['yes', 'approval', 'approval', 'no', 'no'], // card, ACH, financing taken outside this program
  'payments.refund_cash': ['yes', 'approval', 'approval', 'no', 'no'],
  'payments.refund_elsewhere': ['yes', 'limit', 'approval', 'no', 'no'], // limit: so much a day; card, check, ACH, financing
  'payments.return_check': ['yes', 'approval', 'no', 'no', 'no'], // the bank returned it, or did not after all
  'reports.day': ['yes', 'yes', 'no', 'no', 'no'],
  'parts.see': ['yes', 'yes', 'yes', 'yes', 'yes'],
  'users.manage': ['yes', 'no', 'no', 'no', 'no'],
  'shop.settings': ['yes', 'no', 'no', 'no', 'no'],
  'shop.see': ['yes', 'yes', 'yes', 'yes', 'yes'],
} as const satisfies Record<string, Row>

export type Permission = keyof typeof matrix
export const permissions = Object.keys(matrix) as readonly Permission[]

const column = { owner: 0, service_advisor: 1, front_desk: 2, technician: 3, parts_manager: 4 } as const satisfies Record<Role, number>

export function grantOf(role: Role, permission: Permission): Grant {
  return matrix[permission][column[role]]
}
