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

function withCheckDigit(vin: string): string {
  const digit = [...'0123456789X'].find((one) => judgeVin(vin.slice(0, 8) + one + vin.slice(9)) === 'right') ?? '0'
  return vin.slice(0, 8) + digit + vin.slice(9)
}

describe('before the catalogue is there', () => {
  it('says that it is being loaded', async () => {
    expect(await decodeVin(ctx, { vin: '1HGCM82633A004352' })).toMatchObject({ ready: false, complete: false, year: null })
  })

  it('is whole or not at all when the loading dies', async () => {
    const counts = () => owner.one('SELECT (SELECT count(*) FROM vin_editions)::int AS editions, (SELECT count(*) FROM vin_makers)::int AS makers')
    for (const ms of [0, 100, 300, 500]) {
      const ending = new AbortController()
      const loading = loadVinData(t.ownerConnection, { signal: ending.signal })
      const killing = new Promise((resolve) => setTimeout(resolve, ms)).then(() =>
        owner.all(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'counterbay vin data' AND datname = current_database()`),
      )
      const [loaded] = await Promise.allSettled([loading, killing])
      const { editions, makers } = await counts()
      expect([ms, editions === 1, Number(makers) > 0]).toEqual([ms, loaded.status === 'fulfilled' && loaded.value !== null, editions === 1])
      if (editions === 1) break
    }
  })
})

describe('the catalogue', () => {
  beforeAll(async () => {
    const started = performance.now()
    await Promise.all([loadVinData(t.ownerConnection), loadVinData(t.ownerConnection)])
    console.log(`VIN catalogue there after ${Math.round(performance.now() - started)} ms`)
  })

  it('is loaded once', async () => {
    expect(await loadVinData(t.ownerConnection)).toBeNull()
    const size = await owner.one<{ size: string }>(
      `SELECT pg_size_pretty(sum(pg_total_relation_size(c.oid))) AS size FROM pg_class c WHERE relname IN ('vin_makers', 'vin_schemas', 'vin_schema_years', 'vehicle_models')`,
    )
    console.log(`VIN catalogue takes ${size.size}`)
  })

  it.each([
    // Published examples and numbers made up after the makers' schemes; the serial numbers are invented.
    ['1HGCM82633A004352', { year: 2003, make: 'Honda', model: 'Accord', engine: '3.0L V6', checkDigit: 'right' }],
    ['1FTEW1EG5JFA00001', { year: 2018, make: 'Ford', model: 'F-150', engine: '3.5L V6 turbo', body: 'Pickup' }],
  ])('reads %s', async (vin, known) => {
    const decoded = await decodeVin(ctx, { vin })
    console.log(decoded)
    expect(decoded).toMatchObject({ ...known, vin, complete: true, ready: true })
  })

  it('reads what each maker says of its cars, quickly, the first of a maker too', async () => {
    const rows = await owner.all<{ wmi: string; year: number; patterns: string }>(
      `SELECT y.wmi, greatest(y.first_year, least(y.last_year, 2026) - 3) AS year, s.patterns FROM vin_schema_years y JOIN vin_schemas s ON s.id = y.schema_id
       JOIN vin_makers m ON m.wmi = y.wmi
       WHERE m.kind IN ('Passenger Car', 'Multipurpose Passenger Vehicle') AND y.first_year >= 1981 AND length(y.wmi) = 3
       ORDER BY md5(y.wmi || s.id) LIMIT 600`,
    )
    const times: number[] = []
    let read = 0, same = 0, tried = 0
    for (const { wmi, year, patterns } of rows) {
      const line = patterns.split('\n').find((one) => one.includes('\tm') && /^[^|]*$/.test(one.split('\t')[0] ?? ''))
      if (!line) continue
      const key = (line.split('\t')[0] ?? '').replace(/\[(.)[^\]]*\]/g, '$1').slice(0, 5)
      const model = line.split('\t').find((one) => one.startsWith('m'))?.slice(1)
      const vin = withCheckDigit(wmi + key.padEnd(5, '*').split('').map((c, at) => (c === '*' ? (at === 3 && year >= 2010 ? 'A' : '1') : c)).join('') + '0' + 'ABCDEFGHJKLMNPRSTVWXY123456789'.charAt((year - 1980) % 30) + 'Z000001')
      if ((year >= 2010) !== /[A-Z]/.test(vin.charAt(6))) continue
      tried++
      const started = performance.now()
      const decoded = await decodeVin(ctx, { vin })
      times.push(performance.now() - started)
      if (decoded.complete) read++
      if (`${decoded.make}|${decoded.model}` === model && decoded.year === year) same++
      else if (tried % 10 === 0) console.log(vin, year, model, decoded.message)
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.floor(times.length * share)]?.toFixed(1)
    console.log(`${tried} VINs: ${read} read, ${same} the same; ms p50 ${at(0.5)} p95 ${at(0.95)} max ${at(0.9999)}`)
  })

  it('suggests', async () => {
    console.log(await suggestMakes(ctx, { text: '' }), await suggestMakes(ctx, { text: 'me' }), await suggestMakes(ctx, { text: 'chevy', year: 2020 }))
    console.log(await suggestModels(ctx, { make: 'Honda', text: '' }), await suggestModels(ctx, { make: 'ford', text: 'f1', year: 2018 }), await suggestModels(ctx, { make: 'BMW', text: '3' }))
  })
})
