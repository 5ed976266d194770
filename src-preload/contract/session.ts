import { z } from 'zod'
import { call, Done, Id, Nothing, requiredText, text } from './call'
import { Millionths, PositiveCents } from './money'
import { permissions, Role } from './permissions'

export const Pin = z.string().regex(/^\d{6}$/, 'A PIN has six digits.')
export const Password = z.string().min(10, 'At least 10 characters.').max(200, 'At most 200 characters.')
export const Email = text(255).pipe(z.email('This is not an e-mail address.'))

export const SessionUser = z.object({
  id: Id,
  firstName: z.string(),
  lastName: z.string(),
  role: Role,
  /** rows of the matrix this role has something of, with the grant */
  grants: z.partialRecord(z.enum(permissions), z.enum(['yes', 'limit', 'approval', 'own'])),
  hasPin: z.boolean(),
  mustChangePassword: z.boolean(),
})
export type SessionUser = z.output<typeof SessionUser>

/** Somebody who may open this station by PIN: signed in here with the password earlier today. */
export const PinPerson = z.object({ id: Id, firstName: z.string(), lastName: z.string(), role: Role })
export type PinPerson = z.output<typeof PinPerson>

export const SessionStatus = z.object({
  stage: z.enum(['setup', 'signed_out', 'locked', 'open']),
  host: z.enum(['electron', 'web']),
  demo: z.boolean(),
  version: z.string(),
  /** this station works on a copy of the shop; nothing done here reaches the books */
  practice: z.boolean(),
  shop: z.object({ id: Id, name: z.string(), timezone: z.string() }).nullable(),
  user: SessionUser.nullable(),
  /** for the lock screen and the quick switch */
  people: z.array(PinPerson),
  idleMinutes: z.int(),
  /** before the shop is set up: the states, two letters, where no bill leaves a shop without its registration number */
  statesThatRegister: z.array(z.string()).optional(),
})
export type SessionStatus = z.output<typeof SessionStatus>

export const US_STATES = [
  'AL',
  'AK',
  'AZ',
  'AR',
  'CA',
  'CO',
  'CT',
  'DE',
  'DC',
  'FL',
  'GA',
  'HI',
  'ID',
  'IL',
  'IN',
  'IA',
  'KS',
  'KY',
  'LA',
  'ME',
  'MD',
  'MA',
  'MI',
  'MN',
  'MS',
  'MO',
  'MT',
  'NE',
  'NV',
  'NH',
  'NJ',
  'NM',
  'NY',
  'NC',
  'ND',
  'OH',
  'OK',
  'OR',
  'PA',
  'RI',
  'SC',
  'SD',
  'TN',
  'TX',
  'UT',
  'VT',
  'VA',
  'WA',
  'WV',
  'WI',
  'WY',
  'PR',
] as const
export const State = z.enum(US_STATES, 'Choose a state.')

export const NewShop = z.strictObject({
  shop: z.strictObject({
    name: requiredText(255),
    address: text(500),
    city: text(100),
    state: State,
    zip: text(10),
    phone: text(20),
    /** of the repair shop with its state; may follow in the settings, before the first bill where the law wants it there */
    registrationNumber: text(50).default(''),
    timezone: requiredText(50),
    taxRateMillionths: Millionths,
    laborRateCents: PositiveCents,
  }),
  owner: z.strictObject({
    firstName: requiredText(100),
    lastName: requiredText(100),
    email: Email,
    password: Password,
  }),
})
export type NewShop = z.output<typeof NewShop>

export const sessionCalls = {
  status: call('public', Nothing, SessionStatus),
  /** First start only: the shop and its owner; signs the owner in. SETUP_DONE afterwards. */
  setUpShop: call('public', NewShop, SessionStatus),
  signIn: call('public', z.strictObject({ email: z.string().trim().max(255), password: z.string().max(200) }), SessionStatus),
  /** Opens a locked screen or switches to another person of `people`. */
  enterPin: call('public', z.strictObject({ userId: Id, pin: Pin }), SessionStatus),
  lock: call('locked', Nothing, SessionStatus),
  signOut: call('locked', Nothing, SessionStatus),
  /** Copies the shop and lets this station work on the copy, until the person leaves it or somebody else takes the place. */
  startPractice: call('signed_in', Nothing, SessionStatus),
  /** Back to the books; the copy is gone with the last who leaves it. */
  leavePractice: call('signed_in', Nothing, SessionStatus),
  /** Somebody is at the keyboard: the idle time starts anew. */
  stillHere: call('signed_in', Nothing, Done),
  changeMyPassword: call('signed_in', z.strictObject({ currentPassword: z.string().max(200), newPassword: Password }), Done),
  /** The PIN of the signed-in person; asks for the password again. */
  setMyPin: call('signed_in', z.strictObject({ password: z.string().max(200), pin: Pin }), Done),
}
