import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewShop } from '../../../src-preload/contract/session'
import { Shop } from '../../../src-preload/contract/shop'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { codeOf, refused } from '../../testing/refused'
import { buildNoise } from '../../testing/build-png'
import { secondCounter, testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { testCall, testProgram } from '../../testing/test-station'
import { sessionStatus } from '../people/session-status'
import { signIn } from '../people/sign-in'
import { getShop } from './get-shop'
import { listBays } from './list-bays'
import { readProfile } from './read-profile'
import { addBay } from './add-bay'
import { updateBay } from './update-bay'
import { setLogo } from './set-logo'
import { setUpShop } from './set-up-shop'
import { updateShop } from './update-shop'

const aSentence: unknown = expect.any(String)

let t: TestDatabase
let owner: Ctx

beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

describe('the first start', () => {
  const newShop = {
    shop: {
      name: 'Łódź & Daughters’ Garage',
      address: '1 Invented Way',
      city: 'Reno',
      state: 'NV',
      zip: '89501',
      phone: '555.010.0100',
      timezone: 'America/Los_Angeles',
      taxRateMillionths: 82_650,
      laborRateCents: 14_500,
    },
    owner: { firstName: 'Wanda', lastName: 'Invented', email: 'wanda@test.invalid', password: 'lantern puddle violin' },
  } as unknown as NewShop

  it('makes the shop and its owner, signs her in, and can never be repeated', async () => {
    const empty = await testDatabase({ empty: true })
    const program = await testProgram(empty, { empty: true })
    const late = await testProgram(empty, { empty: true })
    try {
      const call = testCall(program)
      expect(await sessionStatus(call)).toMatchObject({ stage: 'setup', shop: null, user: null })
      await expect(signIn(call, { email: 'wanda@test.invalid', password: 'x' })).rejects.toMatchObject({ code: 'SETUP_NEEDED' })
      const bad = { ...newShop, shop: { ...newShop.shop, timezone: 'Nevada' } }
      await expect(setUpShop(call, bad)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        data: { fields: { 'shop.timezone': aSentence } },
      })
      const unstorable = { ...newShop, shop: { ...newShop.shop, name: 'Zero\0Byte' } }
      expect((await refused(setUpShop(call, unstorable))).data.fields).toEqual({ 'shop.name': aSentence })
      const guessable = { ...newShop, owner: { ...newShop.owner, password: 'Wanda-Invented1' } }
      await expect(setUpShop(call, guessable)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        data: { fields: { 'owner.password': aSentence } },
      })
      expect((await sessionStatus(call)).stage).toBe('setup')

      const [status, second] = await Promise.all([setUpShop(call, newShop), codeOf(setUpShop(call, newShop))])
      expect(second).toBe('BUSY')
      expect(status).toMatchObject({
        stage: 'open',
        shop: { name: 'Łódź & Daughters’ Garage' },
        user: { firstName: 'Wanda', role: 'owner', mustChangePassword: false },
      })
      const { shop } = program
      const user = call.station.user
      if (!shop || !user) throw new Error('set up above')
      expect(await getShop({ ...owner, db: shop.db, shopId: shop.id, userId: user.id })).toMatchObject({
        phone: '(555) 010-0100',
        taxRateMillionths: 82_650,
        laborRateCents: 14_500,
        settings: { idleMinutes: 5, taxable: { labor: false, part: true, fee: true } },
      })
      await expect(setUpShop(call, newShop)).rejects.toMatchObject({ code: 'SETUP_DONE' })

      const elsewhere = testCall(late)
      await expect(setUpShop(elsewhere, newShop)).rejects.toMatchObject({ code: 'SETUP_DONE' })
      expect((await sessionStatus(elsewhere)).stage).toBe('signed_out')
      expect((await signIn(elsewhere, newShop.owner)).stage).toBe('open')
      expect(await reading(empty.owner).query(sql('', 'SELECT slug FROM shops'))).toEqual([
        { slug: expect.stringMatching(/^[a-z0-9-]+$/) as unknown },
      ])
    } finally {
      await program.close()
      await late.close()
      await empty.close()
    }
  })
})

describe('the shop', () => {
  it('changes field by field, as it was seen', async () => {
    const before = await getShop(owner)
    expect(Shop.parse(before)).toEqual(before)
    const after = await updateShop(owner, {
      was: { laborRateCents: before.laborRateCents, phone: before.phone },
      now: { laborRateCents: 13_250 as never, phone: '5550100199' },
    })
    expect(after).toMatchObject({ laborRateCents: 13_250, phone: '(555) 010-0199', name: before.name, taxRateMillionths: 82_500 })
    const audit = sql('', `SELECT details FROM audit_events WHERE action = 'shop.update' AND shop_id = $1 ORDER BY seq DESC LIMIT 1`)
    expect(await reading(t.owner).query(audit, [t.shopId])).toEqual([
      { details: { laborRateCents: [12_000, 13_250], phone: ['', '(555) 010-0199'] } },
    ])
    await expect(updateShop(owner, { was: { name: 'Another' }, now: { name: 'Third' } })).rejects.toMatchObject({
      code: 'EDIT_CONFLICT',
      data: { current: { name: before.name } },
    })
    await expect(updateShop(owner, { was: { timezone: before.timezone }, now: { timezone: 'Moon/Base' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(updateShop(owner, { was: { email: '' }, now: { email: 'not one' } })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(updateShop(owner, { was: {}, now: {} })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('keeps its settings whole, with what this program does not know', async () => {
    await reading(t.owner).query(sql('', `UPDATE shops SET settings = '{"idleMinutes": 7, "ofTheFuture": [1]}' WHERE id = $1`), [t.shopId])
    const { settings } = await getShop(owner)
    expect(settings).toMatchObject({ idleMinutes: 7, paymentTerms: 'due_on_receipt', limits: { advisorDiscountCents: 10_000 } })
    await updateShop(owner, { was: { settings }, now: { settings: { ...settings, idleMinutes: 3 } } })
    const [row] = await reading(t.owner).query<{ settings: object }>(sql('', 'SELECT settings FROM shops WHERE id = $1'), [t.shopId])
    expect(row?.settings).toMatchObject({ idleMinutes: 3, ofTheFuture: [1], paymentTerms: 'due_on_receipt' })
    expect((await readProfile(t.db, t.shopId)).settings.idleMinutes).toBe(3)
    const card = { ...settings, invoiceFooter: 'Card 4111 1111 1111 1111' }
    expect((await refused(updateShop(owner, { was: { settings }, now: { settings: card } }))).data.fields).toEqual({
      'now.settings.invoiceFooter': aSentence,
    })
    await expect(updateShop(owner, { was: { settings }, now: { settings: { ...settings, idleMinutes: 9 } } })).rejects.toMatchObject({
      code: 'EDIT_CONFLICT',
    })
  })

  it('lets only one of two edits of the same field through', async () => {
    const counter = secondCounter(t)
    const { name } = await getShop(owner)
    const outcomes = await Promise.allSettled([
      updateShop(owner, { was: { name }, now: { name: 'First' } }),
      updateShop({ ...owner, db: counter }, { was: { name }, now: { name: 'Second' } }),
    ])
    await counter.close()
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    const loser = outcomes.find((each) => each.status === 'rejected')
    expect(loser?.reason).toMatchObject({ code: 'EDIT_CONFLICT', data: { current: { name: (await getShop(owner)).name } } })
  })

  it('has a logo that is a picture of modest size', async () => {
    const base64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    await setLogo(owner, { image: { mimeType: 'image/png', base64 } })
    expect((await getShop(owner)).logoUrl).toBe(`data:image/png;base64,${base64}`)
    const huge = Buffer.from(base64, 'base64')
    huge.writeUInt32BE(2001, 16)
    const refused = [
      { mimeType: 'image/jpeg' as const, base64 },
      { mimeType: 'image/png' as const, base64: Buffer.from('<svg/>').toString('base64') },
      { mimeType: 'image/png' as const, base64: huge.toString('base64') },
      {
        mimeType: 'image/png' as const,
        base64: Buffer.concat([Buffer.from(base64, 'base64'), Buffer.alloc(300 * 1024)]).toString('base64'),
      },
    ]
    const cut = (bytes: Buffer, at: number): string => bytes.subarray(0, at).toString('base64')
    const whole = buildNoise(20, 10)
    const wrong = Buffer.from(whole)
    wrong.writeUInt8(wrong.readUInt8(60) ^ 255, 60) // in the middle of its data
    const jpeg = Buffer.from('ffd8ffc0001108000a001403012200021101031101ffda000c03010002110311003f00aabbccddffd9', 'hex')
    refused.push(
      { mimeType: 'image/png', base64: cut(whole, whole.length - 20) },
      { mimeType: 'image/png', base64: wrong.toString('base64') },
      { mimeType: 'image/jpeg', base64: cut(jpeg, jpeg.length - 2) },
    )
    for (const image of refused) {
      await expect(setLogo(owner, { image })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        data: { fields: { image: aSentence } },
      })
    }
    await setLogo(owner, { image: { mimeType: 'image/jpeg', base64: jpeg.toString('base64') } })
    await setLogo(owner, { image: null })
    expect((await getShop(owner)).logoUrl).toBeNull()
    expect((await readProfile(t.db, t.shopId)).logoSha256).toBeNull()
  })

  it('keeps a picture once, however often it is chosen, and for itself', async () => {
    const picture = buildNoise(12, 8)
    const sha256 = createHash('sha256').update(picture).digest('hex')
    const image = { mimeType: 'image/png' as const, base64: picture.toString('base64') }
    const other = await testContext(t, 'owner', { shop: 'B' })
    await Promise.all([setLogo(owner, { image }), setLogo(owner, { image }), setLogo(other, { image })])
    await setLogo(owner, { image: null })
    await setLogo(owner, { image })
    expect((await readProfile(t.db, t.shopId)).logoSha256).toBe(sha256)
    const stored = sql('', 'SELECT shop_id, bytes FROM pictures WHERE sha256 = $1 ORDER BY shop_id')
    expect(await reading(t.owner).query(stored, [sha256])).toEqual([
      { shop_id: t.shopId, bytes: picture },
      { shop_id: t.otherShopId, bytes: picture },
    ])
    expect(await reading(t.db).query(stored, [sha256])).toHaveLength(1)
    for (const change of ['UPDATE pictures SET bytes = bytes', 'DELETE FROM pictures']) {
      await expect(reading(t.db).query(sql('', change))).rejects.toMatchObject({ code: '42501' })
      await expect(reading(t.owner).query(sql('', change))).rejects.toMatchObject({ constraint: 'pictures_append_only' })
    }
    const dangling = sql('', `UPDATE shops SET logo_url = 'picture:' || repeat('0', 64) WHERE id = $1`)
    await expect(reading(t.db).query(dangling, [t.shopId])).rejects.toMatchObject({ constraint: 'shops_logo_sha256_fkey' })
  })
})

describe('bays', () => {
  it('are added, renamed and closed; one name once', async () => {
    const [one, two] = [uuid7(), uuid7()]
    const bay = { bayId: one, name: 'Bay 1', type: 'lift' as const, isActive: true }
    expect(await addBay(owner, bay)).toEqual({ id: one, name: 'Bay 1', type: 'lift', isActive: true })
    expect(await addBay(owner, bay)).toMatchObject({ id: one })
    expect(await codeOf(addBay(owner, { ...bay, type: 'tire' }))).toBe('DUPLICATE')
    await expect(addBay(owner, { ...bay, bayId: two })).rejects.toMatchObject({
      code: 'DUPLICATE',
      data: { fields: { name: aSentence } },
    })
    await addBay(owner, { ...bay, bayId: two, name: 'Bay 3', isActive: true })
    await updateBay(owner, { bayId: two, was: { name: 'Bay 3', isActive: true }, now: { name: 'Bay 2', isActive: false } })
    await expect(updateBay(owner, { bayId: two, was: { name: 'Bay 2' }, now: { name: 'Bay 1' } })).rejects.toMatchObject({
      code: 'DUPLICATE',
      data: { fields: { name: aSentence } },
    })
    expect((await listBays(owner)).map((each) => [each.name, each.isActive])).toEqual([
      ['Bay 1', true],
      ['Bay 2', false],
    ])
  })

  it('are changed by two owners at once without one overwriting the other', async () => {
    const bayId = uuid7()
    await addBay(owner, { bayId, name: 'North', type: 'lift', isActive: true })
    await updateBay(owner, { bayId, was: { name: 'North' }, now: { name: 'North lift' } })
    const second = await testContext(t, 'owner')
    expect(await updateBay(second, { bayId, was: { type: 'lift' }, now: { type: 'alignment' } })).toMatchObject({ name: 'North lift' })
    const late = { bayId, was: { name: 'North', isActive: true }, now: { name: 'South', isActive: false } }
    await expect(updateBay(second, late)).rejects.toMatchObject({
      code: 'EDIT_CONFLICT',
      data: { current: { name: 'North lift', isActive: true } },
    })
    expect(await codeOf(updateBay(second, { bayId, was: {}, now: { name: 'South' } }))).toBe('INVALID_INPUT')
    expect((await listBays(owner)).find(({ id }) => id === bayId)).toEqual({
      id: bayId,
      name: 'North lift',
      type: 'alignment',
      isActive: true,
    })
    await updateBay(owner, { bayId, was: { isActive: true }, now: { isActive: false } })
  })

  it('of another shop stay as they are', async () => {
    const other = await testContext(t, 'owner', { shop: 'B' })
    const bayId = uuid7()
    await addBay(other, { bayId, name: 'Theirs', type: 'general', isActive: true })
    expect(await codeOf(addBay(owner, { bayId, name: 'Ours', type: 'lift', isActive: true }))).toBe('DUPLICATE')
    expect(await codeOf(updateBay(owner, { bayId, was: { name: 'Theirs' }, now: { name: 'Ours' } }))).toBe('NOT_FOUND')
    expect(await listBays(other)).toMatchObject([{ name: 'Theirs' }])
    expect((await listBays(owner)).some((each) => each.id === bayId)).toBe(false)
  })
})
