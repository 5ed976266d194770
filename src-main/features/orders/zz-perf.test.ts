import { afterAll, beforeAll, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { onStatement } from '../../database/pool'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { issueInvoice } from '../invoices/issue-invoice'
import { takePayment } from '../payments/take-payment'
import { dayRevenue } from '../reports/day-revenue'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { loadBoard } from './load-board'
import { arrival, line, newCar, newPart, part, yes } from './order-test-kit'
let t: TestDatabase
let owner: Ctx
let advisor: Ctx
beforeAll(async () => { t = await testDatabase(); owner = await testContext(t, 'owner'); advisor = await testContext(t, 'service_advisor') })
afterAll(() => t.close())
const p = (a: number[], q: number) => a.toSorted((x, y) => x - y)[Math.floor(a.length * q)]!.toFixed(2)
test('perf', async () => {
  const cars = await Promise.all(Array.from({ length: 50 }, () => newCar(t)))
  const filter = await newPart(t, { onHandHundredths: 9_000_000 })
  for (const ctx of [owner, advisor]) {
    const times: Record<string, number[]> = {}
    const counts: Record<string, number> = {}
    let n = 0
    onStatement(() => { n += 1 })
    const timed = async <T>(name: string, f: () => Promise<T>) => { n = 0; const s = performance.now(); const r = await f(); (times[name] ??= []).push(performance.now() - s); counts[name] = n; return r }
    let day = ''
    for (let i = 0; i < 300; i += 1) {
      const lines = [line(), line({ quantityHundredths: 50 }), part({ inventoryItemId: filter, unitPriceCents: 2500 }), part(), line({ type: 'fee', unitPriceCents: 350 })]
      const s = performance.now()
      const o = await timed('checkIn', () => checkIn(ctx, arrival(cars[i % 50]!, { jobs: [{ jobId: uuid7(), name: 'B', lines }] })))
      await timed('authorize', () => authorize(ctx, yes(o)))
      const b = await timed('issue', () => issueInvoice(ctx, { invoiceId: uuid7(), orderId: o.id, completeWork: true }))
      const r = await timed('take', () => takePayment(ctx, { paymentId: uuid7(), invoiceId: b.id, method: 'cash', amountCents: b.dueCents, tenderedCents: cents(100_000), checkNumber: '', reference: '', note: '' }))
      ;(times['sale'] ??= []).push(performance.now() - s)
      await timed('get', () => getOrder(ctx, { orderId: o.id }))
      await timed('board', () => loadBoard(ctx, {}))
      day = r.payment.businessDate
      await timed('day', () => dayRevenue(ctx, { day }))
    }
    for (const [k, v] of Object.entries(times)) console.log(ctx.user.role, k.padEnd(10), 'p50', p(v.slice(50), 0.5), 'p95', p(v.slice(50), 0.95), 'statements', counts[k])
  }
  const rows = await reading(t.db).query<{ n: number }>(sql('', 'select 1 as n'))
  if (!rows.length) throw new Error('x')
}, 120000)
