import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { createLog } from '../src-main/base/log'
import { startEmbeddedServer, type EmbeddedServer } from '../src-main/database/embedded-server'
import { migrate } from '../src-main/database/migrate'
import { checkMain, checkScaling, checkShop, checkStartUp } from './gates'
import { fillForScreens, measureShop, type Questions, type ShopResult } from './measure-shop'
import { checksReport, shopReport, startUpReport } from './report'
import { measureStartUp } from './start-up'
import { weighMain } from './weigh-main'

const USAGE = `Usage: npm run bench -- [--json FILE] [--orders N] [--screens]

  --json FILE  writes every figure as JSON
  --orders N   one shop of N orders instead of one of 10,000 and one of 100,000
  --screens    only what is asked at the web host and on screen

Times are p50 and p95 in milliseconds. The floor is the same work as hand-written prepared SQL on the same database, measured in turns.`

const SIZES = [10_000, 100_000]
const SOLD_FOR_MEMORY = 500

const say = (text: string): void => {
  process.stderr.write(`  ${text}\n`)
}

async function run({ sizes, jsonFile, screensOnly }: Wanted): Promise<boolean> {
  const began = performance.now()
  const dataFolder = mkdtempSync(join(tmpdir(), 'counterbay-bench-'))
  try {
    const { shops, questions } = await measureShops(dataFolder, sizes, screensOnly)
    say('start of the web host, VINs, search and canned job on screen, memory')
    const startUp = await measureStartUp({
      dataFolder,
      browserPath: process.env['CHROMIUM_PATH'] || null,
      questions,
      sold: SOLD_FOR_MEMORY,
    })
    const mainBytes = weighMain(import.meta.dirname)
    const checks = [...shops.flatMap(checkShop), ...checkScaling(shops), ...checkStartUp(startUp), checkMain(mainBytes)]
    const seconds = (performance.now() - began) / 1000
    console.log([...shops.map(shopReport), startUpReport(startUp), checksReport(checks), `Took ${seconds.toFixed(0)} s.`].join('\n'))
    const machine = { processors: cpus().length, memoryBytes: totalmem(), node: process.version, platform: process.platform }
    if (jsonFile)
      writeFileSync(
        jsonFile,
        `${JSON.stringify({ at: new Date().toISOString(), machine, seconds, shops, startUp, mainBytes, checks }, null, 2)}\n`,
      )
    return checks.every(({ outcome }) => outcome !== 'missed')
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

interface Wanted {
  readonly sizes: readonly number[]
  readonly jsonFile: string | undefined
  readonly screensOnly: boolean
}

/** Each size has a database of its own; the last one is the data folder's own, which the web host then starts on. */
async function measureShops(
  dataFolder: string,
  sizes: readonly number[],
  screensOnly: boolean,
): Promise<{ shops: ShopResult[]; questions: Questions }> {
  const log = createLog(dataFolder, 'info')
  const server = await startEmbeddedServer({ dataFolder, log })
  try {
    await migrate(server.owner)
    if (screensOnly) return { shops: [], questions: await fillForScreens(server, sizes.at(-1) ?? 0) }
    const shops: ShopResult[] = []
    for (const orders of sizes.slice(0, -1)) {
      const database = `bench_${orders}`
      await cloneDatabase(server, database)
      const { owner, app, superuser } = server
      const place = { owner: { ...owner, database }, app: { ...app, database }, superuser: { ...superuser, database }, dataFolder, log }
      shops.push((await measureShop(place, orders, say)).result)
      await asSuperuser(server, `DROP DATABASE ${database} WITH (FORCE)`)
    }
    const { owner, app, superuser } = server
    const { result, questions } = await measureShop({ owner, app, superuser, dataFolder, log }, sizes.at(-1) ?? 0, say)
    return { shops: [...shops, result], questions }
  } finally {
    await server.stop()
  }
}

async function cloneDatabase(server: EmbeddedServer, name: string): Promise<void> {
  const { owner, app } = server
  await asSuperuser(server, `CREATE DATABASE ${name} OWNER ${owner.user} TEMPLATE ${owner.database}`)
  await asSuperuser(server, `GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO ${app.user}`)
}

async function asSuperuser({ superuser }: EmbeddedServer, statement: string): Promise<void> {
  const client = new Client({ ...superuser, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** 0 = every gate holds, 1 = one is missed or the run failed, 2 = the words were wrong. */
async function main(words: readonly string[]): Promise<number> {
  let wanted: Wanted
  try {
    const options = { json: { type: 'string' }, orders: { type: 'string' }, screens: { type: 'boolean' } } as const
    const { json, orders, screens = false } = parseArgs({ args: [...words], options }).values
    wanted = { sizes: orders === undefined ? SIZES : [orderCount(orders)], jsonFile: json, screensOnly: screens }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
    return 2
  }
  try {
    return (await run(wanted)) ? 0 : 1
  } catch (error) {
    console.error(error)
    return 1
  }
}

function orderCount(text: string): number {
  const orders = Number(text)
  if (!/^\d{3,7}$/.test(text) || orders > 2_000_000) throw new Error('--orders must be a number from 100 to 2000000')
  return orders
}

process.exitCode = await main(process.argv.slice(2))
