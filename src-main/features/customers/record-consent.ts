import type { ConsentChannel, ConsentKind, ConsentMethod, Consents } from '../../../src-preload/contract/accounts'
import { AppError, invalidField } from '../../base/app-error'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { countDigits, formatPhone } from '../people/format-phone'
import { seesContact } from '../people/sees-contact'
import { writeAudit } from '../people/write-audit'
import { findConsent, insertConsent, selectConsents, type Spoken } from './consent-queries'
import { loadConsents } from './list-consents'

interface Input {
  readonly consentId: string
  readonly customerId: string
  readonly channel: ConsentChannel
  readonly address: string
  readonly kind: ConsentKind
  readonly method: ConsentMethod
  readonly note: string
}

const FEWEST_DIGITS = 7

/** A yes to messages, to one number or address. The same id twice is one entry. @throws AppError NOT_FOUND, INVALID_INPUT, DUPLICATE */
export async function giveConsent(ctx: Ctx, input: Input): Promise<Consents> {
  return await inTransaction('give consent', ctx, async (tx) => {
    await speak(tx, ctx, input, { ...said(input), isGiven: true })
    return await loadConsents(tx, ctx, input.customerId)
  })
}

/**
 * A no, by whoever can see the customer. Who sees no numbers takes back all that stand.
 * @throws AppError NOT_FOUND, INVALID_INPUT, DUPLICATE, WRONG_STATE when nothing stands
 */
export async function revokeConsent(ctx: Ctx, input: Input): Promise<Consents> {
  return await inTransaction('revoke consent', ctx, async (tx) => {
    if (input.address !== '' && seesContact(ctx)) await speak(tx, ctx, input, { ...said(input), isGiven: false })
    else await revokeAll(tx, ctx, input)
    return await loadConsents(tx, ctx, input.customerId)
  })
}

async function revokeAll(tx: Tx, ctx: Ctx, input: Input): Promise<void> {
  const found = await selectConsents(tx, ctx.shopId, input.customerId)
  if (!found) throw new AppError('NOT_FOUND')
  if ((await findConsent(tx, ctx.shopId, input.customerId, input.consentId))?.isGiven === false) return
  const standing = found.standing.filter(({ channel, kind, isGiven }) => isGiven && channel === input.channel && kind === input.kind)
  if (standing.length === 0) throw new AppError('WRONG_STATE', { message: 'There is no consent to take back.' })
  for (const [at, { address }] of standing.entries()) {
    const consentId = at === 0 ? input.consentId : uuid7()
    await speak(tx, ctx, { ...input, consentId }, { ...said({ ...input, address }), isGiven: false })
  }
}

/** The number in the usual notation, so that a list reads well; what counts is its key. */
function said({ channel, address, kind, method, note }: Input): Omit<Spoken, 'isGiven'> {
  if (channel === 'email') {
    if (!/^\S+@\S+\.\S+$/.test(address)) throw invalidField('address', 'This is not an e-mail address.')
    return { channel, address: address.toLowerCase(), kind, method, note }
  }
  if (countDigits(address) < FEWEST_DIGITS) throw invalidField('address', `A phone number has at least ${FEWEST_DIGITS} digits.`)
  return { channel, address: formatPhone(address), kind, method, note }
}

async function speak(tx: Tx, ctx: Ctx, { consentId, customerId }: Input, word: Spoken): Promise<void> {
  if (!(await selectConsents(tx, ctx.shopId, customerId))) throw new AppError('NOT_FOUND')
  if (await insertConsent(tx, ctx.shopId, ctx.userId, consentId, customerId, word)) {
    const { channel, kind, isGiven, method } = word
    const action = isGiven ? 'consents.give' : 'consents.revoke'
    await writeAudit(tx, ctx, { action, entityType: 'customer', entityId: customerId, details: { consentId, channel, kind, method } })
    return
  }
  const stored = await findConsent(tx, ctx.shopId, customerId, consentId)
  if (stored?.isGiven !== word.isGiven || stored.address !== word.address || stored.kind !== word.kind) throw new AppError('DUPLICATE')
}
