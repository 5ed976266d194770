import type { Invariant } from './invariant'
import { moneyInvariants } from './invariants-of-money'
import { orderInvariants } from './invariants-of-orders'
import { peopleInvariants } from './invariants-of-people'
import { recordInvariants } from './invariants-of-records'

/**
 * Everything that `db verify` checks, in the order of its numbers. Where each number of the project's list of money invariants stands:
 *
 * | number | stands |
 * |---|---|
 * | 01-04, 13, 14 | here, `invariants-of-money.ts`; 03 without tips, store credit in 47 and 48; 13 without attempts: none is taken yet |
 * | 05 | here, `invariants-of-refunds.ts` |
 * | 06-09 | not yet: there is no ledger |
 * | 10 | not yet: there is no drawer to count |
 * | 11, 12 | not yet: no card is charged by this program |
 * | 15, 16 | here, `invariants-of-orders.ts` |
 * | 17 | here, `invariants-of-orders.ts` |
 * | 18, 19, 20, 24, 25, 29, 30 | here, `invariants-of-records.ts` |
 * | 21 | not yet: audit events are append-only by trigger, and not chained by hashes |
 * | 22 | here, `invariants-of-money.ts`; without drawer openings: there are none |
 * | 23 | here, `invariants-of-money.ts`, the second half: a closed day keeps no totals yet |
 * | 26 | not yet: no photo is stored |
 * | 27 | not stored: an invoice's PDF is made from its snapshot each time (15 holds that); its bytes and text are tested in `src-main/pdf` |
 * | 28 | not yet: no message is sent |
 * | 29, logs and files | tested: `tests/` look for what people typed in the log; the database is here |
 * | 30, sessions and schema | elsewhere: idle transactions end by `pool.ts`, two-phase commit is off, `migrate.ts` locks and refuses a newer schema |
 * | 31, 32 | the server's, not the data's: `embedded-server.ts` makes checksums and starts it durable, `embedded-server.test.ts` asks it |
 * | 33-74 | this program's own: 33 line totals, 34-37 and 40-41 orders, 38, 39 and 42 payments, 43-46 credit notes and refunds, 47 and 48 account credit, 49 returned checks, 50 and 51 pictures; 70-74, `invariants-of-people.ts`: merges, owners, plates, contacts, consents |
 */
export const invariants: readonly Invariant[] = [...moneyInvariants, ...orderInvariants, ...recordInvariants, ...peopleInvariants].toSorted(
  (a, b) => a.id.localeCompare(b.id),
)
