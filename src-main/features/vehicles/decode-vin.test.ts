import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeVin } from '../../../src-preload/contract/vin'
import type { Ctx } from '../../ipc/context'
import { openProbe, type ShopProbe } from '../../testing/shop-probe'
import { testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { decodeVin } from './decode-vin'
import { loadVinData } from './load-vin-data'
import { suggestMakes, suggestModels } from './suggest-models'

let t: TestDatabase
let ctx: Ctx
let owner: ShopProbe

beforeAll(async () => {
  t = await testDatabase()
  ctx = await testContext(t, 'front_desk', { clock: { now: () => new Date('2026-06-01T12:00:00Z') } })
  owner = await openProbe(t.ownerConnection)
})
afterAll(async () => {
  await owner.close()
  await t.close()
})

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const catalogueColumns = [
  ['vin_editions', 'edition'],
  ['vin_makers', 'maker'],
  ['vin_schemas', 'patterns'],
  ['vin_schema_years', 'first_year'],
  ['vehicle_models', 'weight'],
] as const

const filled = () =>
  owner.one<{ rows: number }>(
    `SELECT ((SELECT count(*) FROM vin_editions) + (SELECT count(*) FROM vin_makers) + (SELECT count(*) FROM vehicle_models)
             + (SELECT count(*) FROM vin_schemas) + (SELECT count(*) FROM vin_schema_years))::int AS rows`,
  )

describe('before the catalogue is there', () => {
  it('says that it is on its way', async () => {
    expect(await decodeVin(ctx, { vin: '1HGCM82633A004352' })).toMatchObject({
      ready: false,
      complete: false,
      year: null,
      checkDigit: 'right',
    })
  })

  // A row somebody else has not committed yet holds the loading at just that point.
  it.each([
    ['in the middle', `INSERT INTO vehicle_models (make, model, first_year, last_year, weight) VALUES ('Honda', 'Civic', 1, 2, 3)`],
    ['at its last statement', `INSERT INTO vin_editions (edition) VALUES ('')`],
  ])('leaves nothing when it dies %s', async (_, stop) => {
    const watcher = await openProbe(t.ownerConnection) // a transaction sees the activity of its beginning
    await owner.undone(async () => {
      await owner.all(stop)
      const loading = loadVinData(t.ownerConnection).catch((error: unknown) => error)
      await expect
        .poll(
          () =>
            watcher.all(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE application_name = 'counterbay vin data' AND datname = current_database() AND wait_event_type = 'Lock'`,
            ),
          { timeout: 20_000 },
        )
        .toHaveLength(1)
      expect(await loading).toBeInstanceOf(Error)
    })
    await watcher.close()
    expect(await filled()).toEqual({ rows: 0 })
  })

  it('leaves nothing when the program ends meanwhile', async () => {
    const ending = new AbortController()
    const loading = loadVinData(t.ownerConnection, { signal: ending.signal })
    ending.abort()
    await expect(loading).rejects.toThrow(/aborted|terminated/i)
    expect(await filled()).toEqual({ rows: 0 })
  })
})

describe('the catalogue', () => {
  beforeAll(async () => {
    const started = performance.now()
    const loaded = await Promise.all([loadVinData(t.ownerConnection), loadVinData(t.ownerConnection)])
    expect(loaded.filter((edition) => edition !== null)).toHaveLength(1)
    say(`VIN catalogue loaded by the one of two that came first: ${Math.round(performance.now() - started)} ms for both`)
  })

  it('is loaded once, again only when it is newer, and then whole', async () => {
    const { rows } = await filled()
    expect(await loadVinData(t.ownerConnection)).toBeNull()
    await owner.all(`UPDATE vin_editions SET edition = '2020-01-01.001'`)
    expect(await loadVinData(t.ownerConnection)).not.toBeNull()
    expect(await filled()).toEqual({ rows })
    const { size } = await owner.one<{ size: string }>(
      `SELECT pg_size_pretty(sum(pg_total_relation_size(oid))) AS size FROM pg_class WHERE relname IN ('vin_makers', 'vin_schemas', 'vin_schema_years', 'vehicle_models')`,
    )
    say(`VIN catalogue: ${rows} rows, ${size}`)
  })

  it('is read by every shop and written by none', async () => {
    for (const connection of [{ shopId: t.shopId }, { shopId: t.otherShopId }]) {
      const probe = await openProbe(t.appConnection, connection)
      for (const [table, column] of catalogueColumns) {
        expect(await probe.all(`SELECT 1 FROM ${table} LIMIT 1`)).toHaveLength(1)
        for (const statement of [
          `DELETE FROM ${table}`,
          `UPDATE ${table} SET ${column} = ${column}`,
          `INSERT INTO ${table} DEFAULT VALUES`,
        ])
          expect([statement, await probe.outcome(statement)]).toEqual([statement, '42501'])
      }
      await probe.close()
    }
  })

  // Examples from public pages, or made up after the makers' schemes with invented serial numbers.
  it.each([
    ['1HGCM82633A004352', { year: 2003, make: 'Honda', model: 'Accord', engine: '3.0L V6', body: 'Coupe', checkDigit: 'right' }],
    ['1FTEW1EG5JFA00001', { year: 2018, make: 'Ford', model: 'F-150', engine: '3.5L V6 turbo', body: 'Pickup', checkDigit: 'wrong' }],
    ['5YJ3E1EA7KF000001', { year: 2019, make: 'Tesla', model: 'Model 3', engine: 'Electric', body: 'Sedan' }],
    ['WA1BNAFY0J2000001', { year: 2018, make: 'Audi', model: 'Q5', drivetrain: 'AWD' }],
    ['3GCUKREC0JG000001', { year: 2018, make: 'Chevrolet', model: 'Silverado 1500', engine: '5.3L 8-cyl' }],
    ['1C6RR7FG0JS000001', { year: 2018, make: 'Ram', model: '1500' }],
    ['4T1BF1FK0FU000001', { year: 2015, make: 'Toyota', model: 'Camry', engine: '2.5L I4' }],
    ['JTJBARBZ0H2000001', { year: 2017, make: 'Lexus', model: 'NX' }],
  ])('reads %s', async (vin, known) => {
    const decoded = await decodeVin(ctx, { vin })
    say(decoded.message)
    expect(decoded).toMatchObject({ ...known, vin, complete: true, ready: true })
  })

  it('tells the year code of now from the one of thirty years ago by position 7', async () => {
    expect(await decodeVin(ctx, { vin: '1HGCM826XJA000001' })).toMatchObject({ year: 1988 })
    expect(await decodeVin(ctx, { vin: '1HGFC2F5XJA000001' })).toMatchObject({ year: 2018, model: 'Civic' })
  })

  it('says what is known and what to type where it cannot read on', async () => {
    expect(await decodeVin(ctx, { vin: '1HGZZZZZ0JA000001' })).toMatchObject({
      complete: false,
      make: 'Honda',
      model: '',
      message: expect.stringMatching(/^2018 Honda: the catalogue knows no more of this one\. Type model by hand\./) as string,
    })
    expect(await decodeVin(ctx, { vin: 'XX7ZZZ8EZAA000001' })).toMatchObject({
      complete: false,
      year: null,
      make: '',
      message: expect.stringContaining('XX7') as string,
    })
    expect(await decodeVin(ctx, { vin: '1HGCM82633A00435O' })).toMatchObject({
      checkDigit: 'not_applicable',
      message: expect.stringContaining('no letters I, O or Q') as string,
    })
    expect(await decodeVin(ctx, { vin: '9F02R100001' })).toMatchObject({
      checkDigit: 'not_applicable',
      message: expect.stringContaining('before 1981') as string,
    })
  })

  it('reads what the makers say of their cars: hundreds of VINs, the first of each maker among them', async () => {
    const samples = await sampleVins()
    expect(samples.length).toBeGreaterThan(300)
    const read: boolean[] = []
    for (const { vin, year, name } of samples) {
      const decoded = await decodeVin(ctx, { vin })
      read.push(decoded.year === year && `${decoded.make}|${decoded.model}`.startsWith(name))
    }
    expect(read.filter(Boolean).length / read.length).toBeGreaterThan(0.97)
  })

  it('suggests makes and models for typing by hand', async () => {
    expect(await suggestMakes(ctx, { text: 'merc' })).toEqual(expect.arrayContaining(['Mercedes-Benz', 'Mercury']))
    expect((await suggestMakes(ctx, { text: 'chevy', year: 2020 }))[0]).toBe('Chevrolet')
    expect(await suggestMakes(ctx, { text: 'bmw' })).toEqual(['BMW'])
    expect(await suggestModels(ctx, { make: 'ford', text: 'f1', year: 2018 })).toEqual(['F-150'])
    expect((await suggestModels(ctx, { make: 'Honda', text: 'c', year: 2018 })).slice(0, 2).toSorted()).toEqual(['CR-V', 'Civic'])
    expect(await suggestModels(ctx, { make: 'Pontiac', text: 'aztek', year: 2024 })).toEqual(['Aztek'])
    expect(await suggestModels(ctx, { make: 'Nobody', text: '%' })).toEqual([])
  })
})

const YEAR_CODES = 'ABCDEFGHJKLMNPRSTVWXY123456789'

/** For patterns out of the whole catalogue, a VIN that fits each: any serial, right check digit. */
async function sampleVins(): Promise<{ vin: string; year: number; name: string }[]> {
  const rows = await owner.all<{ wmi: string; year: number; patterns: string }>(
    `SELECT y.wmi, least(y.last_year, 2024, y.first_year + 2)::int AS year, s.patterns
     FROM vin_schema_years y JOIN vin_schemas s ON s.id = y.schema_id JOIN vin_makers m ON m.wmi = y.wmi
     WHERE m.kind IN ('Passenger Car', 'Multipurpose Passenger Vehicle') AND y.first_year BETWEEN 1981 AND 2022 AND length(y.wmi) = 3
     ORDER BY md5(y.wmi || s.id) LIMIT 600`,
  )
  return rows.flatMap(({ wmi, year, patterns }) => {
    const [key = '', ...facts] =
      patterns
        .split('\n')
        .find((line) => /^[^|\t]*\t.*\bm/.test(line))
        ?.split('\t') ?? []
    const name = facts.find((fact) => fact.startsWith('m'))?.slice(1)
    const part = key
      .replace(/\[(.)[^\]]*\]/g, '$1')
      .padEnd(5, '*')
      .slice(0, 5)
    const described = Array.from(part, (sign, at) => (sign === '*' ? (at === 3 && year >= 2010 ? 'A' : '1') : sign)).join('')
    const isOfItsRound = /[A-Z]/.test(described.charAt(3)) === year >= 2010
    const open = `${wmi}${described}?${YEAR_CODES.charAt((year - 1980) % 30)}Z000001`
    const vin = Array.from('0123456789X', (digit) => open.replace('?', digit)).find((one) => judgeVin(one) === 'right')
    return name && vin && isOfItsRound ? [{ vin, year, name }] : []
  })
}
