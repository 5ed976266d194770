import { randomUUID } from 'node:crypto'
import { ORPCError, ValidationError } from '@orpc/server'
import type { Access, CallMeta } from '../../src-preload/contract/call'
import { errorMap } from '../../src-preload/contract/errors'
import { grantOf } from '../../src-preload/contract/permissions'
import { AppError } from '../base/app-error'
import { fromDatabaseError } from './database-errors'
import type { Ctx, Desk, Program, StationCall } from './context'
import type { OpenViews } from './open-views'
import type { Station } from './station'

/** What a host hands to every call. */
export interface GateContext {
  program: Program
  station: Station
  host: 'electron' | 'web'
  desk?: Desk
  /** whether the screen that asks was opened in practice; absent where each call stands alone */
  practice?: boolean
  /** what the page that asks shows to others; absent where each call stands alone */
  views?: OpenViews
}

/** What the gate adds for the use case. */
export interface OpenContext extends GateContext {
  call: StationCall
  ctx: Ctx | null
}

interface GateOptions {
  context: GateContext
  path: readonly string[]
  procedure: { '~orpc': { meta: CallMeta } }
  next(options: object): Promise<unknown>
}

/**
 * The one way in, for every call of both hosts: not too many at once -> session -> permission -> strict parse of the input -> use case -> parse of the output
 * -> one log line (name, milliseconds, outcome, reference; never personal data). No access entry = refused.
 */
export async function gate(options: GateOptions): Promise<unknown> {
  const { context, path, procedure } = options
  const { program, station, host } = context
  const started = performance.now()
  const name = path.join('.')
  const ref = randomUUID().slice(0, 8)
  const log = program.log
  if (!station.meter.begin(started)) {
    if (station.meter.isWorthTelling(started)) log.warn({ call: name, ref, user: station.user?.id.slice(-6) }, 'too many calls')
    throw withReference(expected(new AppError('TOO_MANY_CALLS', { retryAfterSeconds: 1 })), ref)
  }
  let outcome = 'ok'
  try {
    const call: StationCall = { program, station, host, log, ref, ...(context.desk ? { desk: context.desk } : {}) }
    const ctx = admit(call, name, procedure['~orpc'].meta.access, context)
    if (!ASKED_BY_ITSELF.has(name)) station.lastActivity = started
    return await options.next({ ...options, context: { ...context, call, ctx } satisfies OpenContext })
  } catch (error) {
    const known = expected(error)
    outcome = known.code
    if (known.code === 'INTERNAL_SERVER_ERROR') log.error({ call: name, ref, error }, 'unexpected error')
    throw withReference(known, ref)
  } finally {
    station.meter.end()
    // Told every few seconds by every open order: no news.
    log[name === 'orders.presence' ? 'debug' : 'info'](
      { call: name, ref, ms: Math.round((performance.now() - started) * 10) / 10, outcome, user: station.user?.id.slice(-6) },
      'call',
    )
  }
}

/** What a screen asks again when another counter changes something: no sign that somebody is there. */
const ASKED_BY_ITSELF: ReadonlySet<string> = new Set([
  'session.status',
  'live.changes',
  'orders.board',
  'orders.get',
  'orders.choices',
  'orders.presence',
  'orders.declinedWork',
  'customers.get',
  'customers.list',
  'customers.history',
  'vehicles.get',
  'invoices.get',
  'printing.jobs',
  'printing.printers',
  'printing.papers',
  'reports.dayRevenue',
  'shop.get',
  'shop.bays',
  'users.list',
  'users.approvers',
])

/** Who a person is stays in the books. */
const NOT_IN_PRACTICE: ReadonlySet<string> = new Set([
  'session.changeMyPassword',
  'session.setMyPin',
  'users.create',
  'users.update',
  'users.resetPassword',
])

function admit(call: StationCall, name: string, access: Access | undefined, page: Pick<GateContext, 'practice' | 'views'>): Ctx | null {
  const { program, station } = call
  if (access === 'public') return null
  if (!access) throw new AppError('FORBIDDEN')
  if (!program.shop) throw new AppError('SETUP_NEEDED')
  if (!station.user) throw new AppError('SIGNED_OUT')
  lockWhenIdle(program, station)
  if (station.locked && access !== 'locked') throw new AppError('SCREEN_LOCKED')
  if (access !== 'locked' && access !== 'signed_in') {
    if (station.user.mustChangePassword) throw new AppError('FORBIDDEN', { message: 'Choose a password of your own first.' })
    if (grantOf(station.user.role, access) === 'no') throw new AppError('FORBIDDEN')
  }
  const copy = program.practice.shopOf(station)
  // A screen that was opened on the copy never writes to the books, nor the other way round: what was half typed there is of no other place.
  if (page.practice !== undefined && page.practice !== (copy !== null)) throw new AppError('WRONG_STATE', { message: OTHER_PLACE })
  if (copy && NOT_IN_PRACTICE.has(name))
    throw new AppError('FORBIDDEN', { message: 'Leave practice first: people, passwords and PINs are real.' })
  const shop = copy ?? program.shop
  return {
    db: shop.db,
    books: program.shop.db,
    shopId: shop.id,
    shop: shop.profile,
    user: station.user,
    userId: station.user.id,
    dataFolder: program.config.dataFolder,
    prints: program.prints,
    log: call.log,
    ref: call.ref,
    clock: program.clock,
    practice: copy !== null,
    ...(page.views ? { views: page.views } : {}),
  }
}

const OTHER_PLACE = 'Practice began or ended meanwhile, and this screen opens anew. Nothing was stored.'

/** The screen locks itself too; this holds when a screen does not. */
export function lockWhenIdle(program: Program, station: Station): void {
  const idleMs = (program.shop?.profile.settings.idleMinutes ?? 5) * 60_000
  if (station.user && !station.locked && performance.now() - station.lastActivity > idleMs) {
    station.locked = true
    station.changed()
  }
}

/** Every error in the contract's words; what has none is an INTERNAL_SERVER_ERROR without any detail. */
function expected(error: unknown): ORPCError<string, unknown> {
  if (error instanceof AppError) {
    const { message: _, ...data } = error.data
    return new ORPCError(error.code, { defined: true, status: errorMap[error.code].status, message: error.message, data })
  }
  if (error instanceof ORPCError) {
    if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') return invalidInput(error.cause)
    if (error.code === 'NOT_FOUND') return new ORPCError('NOT_FOUND', { status: 404, message: error.message }) // no such call
    return new ORPCError('INTERNAL_SERVER_ERROR', { message: 'Something went wrong in the program.' })
  }
  const known = fromDatabaseError(error)
  if (known) return expected(known)
  return new ORPCError('INTERNAL_SERVER_ERROR', { message: 'Something went wrong in the program.' })
}

function invalidInput(cause: ValidationError): ORPCError<string, unknown> {
  const fields: Record<string, string> = {}
  for (const issue of cause.issues) {
    const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    fields[path] ??= issue.message
  }
  return expected(new AppError('INVALID_INPUT', { fields }))
}

function withReference(error: ORPCError<string, unknown>, reference: string): ORPCError<string, unknown> {
  const data = typeof error.data === 'object' && error.data !== null ? error.data : {}
  return new ORPCError(error.code, { defined: error.defined, status: error.status, message: error.message, data: { ...data, reference } })
}
