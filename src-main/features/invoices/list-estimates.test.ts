import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '../../base/uuid7'
import type { Ctx } from '../../ipc/context'
import { add, approved, arrival, codeOf, estimated, line, newCar, part, yes } from '../../testing/order-test-kit'
import { readPdf } from '../../testing/read-pdf'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { authorize } from '../orders/authorize'
import { checkIn } from '../orders/check-in'
import { estimatePdf } from './estimate-pdf'
import { listEstimates } from './list-estimates'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

const textOf = async (file: { base64: string }) => (await readPdf(new Uint8Array(Buffer.from(file.base64, 'base64')))).text

test('lists every version, the one that stands now first, each with who said yes to it and how', async () => {
  const order = await estimated(t, owner, [line()])
  const list = async () => listEstimates(owner, { orderId: order.id })
  const now = { isCurrent: true, authorizations: [] }
  expect(await list()).toMatchObject([{ version: 1, number: `${order.number}-1`, totalCents: 12_000, ...now }])
  await authorize(owner, yes(order))
  const first = { version: 1, totalCents: 12_000, authorizations: [{ approvedByName: 'Carla Tester', method: 'in_person', contact: '' }] }
  expect(await list()).toMatchObject([{ ...first, isCurrent: true }])
  const dearer = await add(owner, order, part())
  const beyond = { version: 2, number: `${order.number}-2`, totalCents: dearer.totalCents }
  expect(await list()).toMatchObject([
    { ...beyond, ...now },
    { ...first, isCurrent: false },
  ])
  await authorize(owner, yes(dearer, { method: 'phone', contact: '(555) 010-0142' }))
  await authorize(owner, yes(dearer, { method: 'email', contact: 'carla@test.invalid' }))
  const recordedByName = 'owner Tester'
  expect(await list()).toMatchObject([
    {
      ...beyond,
      isCurrent: true,
      authorizations: [
        { method: 'phone', contact: '(555) 010-0142', authorizedCents: dearer.totalCents, recordedByName },
        { method: 'email', contact: 'carla@test.invalid' },
      ],
    },
    { ...first, isCurrent: false },
  ])
})

test('opens each version as it was, whatever was done since', async () => {
  const order = await approved(t, owner, [line()])
  const before = await estimatePdf(owner, { orderId: order.id, version: 1 })
  expect(before).toEqual(await estimatePdf(owner, { orderId: order.id }))
  await authorize(owner, yes(await add(owner, order, part({ description: 'Struts' }))))
  const [old, current] = [
    await estimatePdf(owner, { orderId: order.id, version: 1 }),
    await estimatePdf(owner, { orderId: order.id, version: 2 }),
  ]
  expect(old).toEqual(before)
  expect([old.fileName, current.fileName]).toEqual([`Estimate ${order.number}-1.pdf`, `Estimate ${order.number}-2.pdf`])
  expect(await textOf(old)).not.toContain('Struts')
  expect(await textOf(current)).toContain('Struts')
  expect(await codeOf(estimatePdf(owner, { orderId: order.id, version: 3 }))).toBe('NOT_FOUND')
})

test('knows nothing of an empty order, of another shop, or of what is not there', async () => {
  const empty = await checkIn(owner, arrival(await newCar(t)))
  expect(await listEstimates(owner, { orderId: empty.id })).toEqual([])
  const order = await approved(t, owner, [line()])
  const stranger = await testContext(t, 'owner', { shop: 'B' })
  for (const orderId of [order.id, uuid7()]) {
    expect(await codeOf(listEstimates(stranger, { orderId }))).toBe('NOT_FOUND')
    expect(await codeOf(estimatePdf(stranger, { orderId, version: 1 }))).toBe('NOT_FOUND')
  }
})
