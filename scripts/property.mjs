import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from './prepare.mjs'
import { endChildrenWhenInterrupted } from './prepare/children.mjs'
import { runProject } from './test/run-project.mjs'

/** Each part has shops of its own; so many orders and they are varied enough, few enough and a failure comes soon. */
const ORDERS_A_PART = 500
/** What a run of this many orders must have met, or it proved nothing. */
const LARGE = 5_000
const WANTED_OF_LARGE = [
  'cash rounded',
  'refund rounded',
  'declined with the yes',
  'out the door, cent skipped',
  'credit with a share of the discount',
  'tax rate 0',
  'quantity of a thousand or more',
  'priced by inventory',
  'priced by canned_job',
  'fee by rule changed by hand',
  'paid by cash',
  'paid by check',
  'paid by credit_card',
  'paid by debit_card',
  'paid by ach',
  'paid by financing',
  'paid by other',
]

/** `npm run property -- [ORDERS] [--seed N]` */
function readWords(words) {
  const at = words.indexOf('--seed')
  const seed = at < 0 ? Math.floor(Math.random() * 2 ** 30) : Number.parseInt(words[at + 1] ?? '', 10)
  const first = words.find((word, place) => /^\d+$/.test(word) && (at < 0 || place !== at + 1))
  const orders = first === undefined ? 10_000 : Number.parseInt(first, 10)
  if (Number.isNaN(seed) || orders < 1) throw new Error('npm run property -- [ORDERS] [--seed NUMBER]')
  return { orders, seed }
}

function planParts({ orders, seed }) {
  const parts = []
  for (let from = 0; from < orders; from += ORDERS_A_PART) {
    parts.push({ seed: seed + parts.length, orders: Math.min(ORDERS_A_PART, orders - from) })
  }
  return parts
}

async function playPart({ seed, orders }, folder) {
  mkdirSync(folder)
  const countsFile = join(folder, 'counts.json')
  const env = {
    // The screens are drawn by the React that is shipped.
    NODE_ENV: 'production',
    COUNTERBAY_PROPERTY_ORDERS: String(orders),
    COUNTERBAY_PROPERTY_SEED: String(seed),
    COUNTERBAY_PROPERTY_COUNTS: countsFile,
  }
  const { failed, passed } = await runProject('main', { filters: ['tests/property/amounts-agree'], folder, env, mayBeEmpty: false })
  if (failed.length > 0 || passed === 0) throw new Error(`seed ${seed}: ${failed.join('; ') || 'nothing ran'}`)
  return JSON.parse(readFileSync(countsFile, 'utf8'))
}

async function play(words) {
  const run = readWords(words)
  await prepare()
  const parts = planParts(run)
  const waiting = [...parts]
  const folder = mkdtempSync(join(tmpdir(), 'counterbay-property-'))
  const met = {}
  let done = 0
  const startedAt = performance.now()
  const work = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const counts = await playPart(part, join(folder, String(part.seed)))
      for (const [what, times] of Object.entries(counts)) met[what] = (met[what] ?? 0) + times
      done += part.orders
      console.log(`${done} of ${run.orders} orders agree (${Math.round((performance.now() - startedAt) / 1000)} s)`)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(parts.length, availableParallelism()) }, work))
  } finally {
    waiting.length = 0
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...run, met }
}

function tell({ orders, seed, met }) {
  for (const [what, times] of Object.entries(met).sort(([, a], [, b]) => b - a)) console.log(`${String(times).padStart(9)}  ${what}`)
  const missing = orders < LARGE ? [] : WANTED_OF_LARGE.filter((what) => !met[what])
  if (missing.length > 0) throw new Error(`never met: ${missing.join(', ')}`)
  const compared = ['database', 'answer', 'paper', 'screen'].map((side) => `${met[`compared: ${side}`] ?? 0} of the ${side}`)
  console.log(`${orders} orders of seed ${seed} agree with the oracle to the cent: ${compared.join(', ')}`)
}

endChildrenWhenInterrupted()
try {
  tell(await play(process.argv.slice(2)))
} catch (error) {
  console.log(`NOT AGREED: ${error.message}`)
  process.exitCode = 1
}
