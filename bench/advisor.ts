import { demoPeople } from '../src-main/features/demo/demo-people'
import { invariant } from '../src-main/base/invariant'

const person = demoPeople.find(({ role }) => role === 'service_advisor')
invariant(person, 'the demo shop has a service advisor')

/** Limits apply to them and are checked, as at most counters. */
export const advisor = { email: person.email, password: person.password }
