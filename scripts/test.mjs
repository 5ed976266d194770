import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from './prepare.mjs'
import { endChildrenWhenInterrupted } from './prepare/children.mjs'
import { planRun } from './test/plan-run.mjs'
import { runProject } from './test/run-project.mjs'

const total = { passed: 0, failed: [], skipped: [] }
const folder = mkdtempSync(join(tmpdir(), 'counterbay-tallies-'))

function add(tally) {
  total.passed += tally.passed
  total.failed.push(...tally.failed)
  total.skipped.push(...tally.skipped)
}

/** The last line is always `N passed, N failed`, with `, N skipped` behind it when there are any. */
function conclude() {
  rmSync(folder, { recursive: true, force: true })
  for (const { name, reason } of total.skipped) console.log(`skipped: ${name} (${reason})`)
  for (const name of total.failed) console.log(`FAILED: ${name}`)
  const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : ''
  console.log(`${total.passed} passed, ${total.failed.length} failed${skipped}`)
}

async function runCheckPart() {
  // Loaded late: it needs the packages, which may not be installed when this file starts.
  const { runChecks } = await import('./checks/run-checks.mjs')
  const gates = await runChecks([])
  const failed = gates.filter((gate) => gate.problems.length > 0).map((gate) => `check: ${gate.name}`)
  return { passed: gates.length - failed.length, failed, skipped: [] }
}

async function runPart(part, plan, env) {
  console.log(`\n== ${part}`)
  if (part === 'check') return runCheckPart()
  // The whole application is tested as it was built: what an earlier build left behind would say nothing about these sources.
  if (part === 'whole' || part === 'counter') await prepare({ build: true })
  return runProject(part, { filters: plan.filters, folder, env, mayBeEmpty: plan.isNarrow })
}

async function run() {
  const plan = planRun(process.argv.slice(2))
  const { browser } = await prepare({ browser: plan.parts.some((part) => part !== 'check') })
  const env = browser === null ? {} : { CHROMIUM_PATH: browser }
  for (const part of plan.parts) {
    try {
      add(await runPart(part, plan, env))
    } catch (error) {
      total.failed.push(`${part}: ${error.message}`)
    }
  }
  if (total.passed + total.failed.length + total.skipped.length === 0) total.failed.push(`nothing fits ${plan.filters.join(' ')}`)
}

endChildrenWhenInterrupted((signal) => {
  total.failed.push(`interrupted by ${signal}`)
  conclude()
})
try {
  await run()
} catch (error) {
  total.failed.push(error.message)
}
conclude()
process.exit(total.failed.length > 0 ? 1 : 0)
