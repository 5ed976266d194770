import type { Order } from '../../../src-preload/contract/orders'

type Contact = Order['customer']['contacts'][number]

/** Who says yes on this order: whoever it names, else whoever approves for the account. */
export function firstToAsk({ approverContactId, customer }: Order): Contact | undefined {
  const people = peopleToAsk(customer)
  return people.find(({ id }) => id === approverContactId) ?? people.find(({ role }) => role === 'approver')
}

/** Approvers first: the order in which the contacts come. */
export function peopleToAsk({ contacts }: Pick<Order['customer'], 'contacts'>): readonly Contact[] {
  return contacts.filter(({ deletedAt }) => deletedAt === null)
}

/** How to reach the one with this name; the account itself where there is none, or nothing is known of them. */
export function personOf(name: string, customer: Order['customer']): Pick<Order['customer'], 'phone' | 'email'> {
  const person = customer.contacts.find((contact) => contact.name === name)
  return { phone: person?.phone || customer.phone, email: person?.email || customer.email }
}
