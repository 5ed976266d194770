import { endChildrenWhenInterrupted } from './prepare/children.mjs'
import { say } from './prepare/project.mjs'
import { prepare } from './prepare.mjs'

/** `npm run check` runs every gate, `npm run check -- layers money` these two. */
async function check(chosen) {
  await prepare()
  // Loaded late: it needs the packages, which may not be installed when this file starts.
  const { gateNames, runChecks } = await import('./checks/run-checks.mjs')
  const unknown = chosen.find((name) => !gateNames.includes(name))
  if (unknown !== undefined) throw new Error(`There is no check "${unknown}". There are: ${gateNames.join(', ')}`)
  const startedAt = performance.now()
  const failed = (await runChecks(chosen)).filter((gate) => gate.problems.length > 0).length
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(failed === 0 ? `Every check is fine (${seconds} s)` : `${failed} of the checks failed (${seconds} s)`)
  return failed === 0 ? 0 : 1
}

endChildrenWhenInterrupted()
try {
  process.exitCode = await check(process.argv.slice(2))
} catch (error) {
  say(error.message)
  process.exitCode = 1
}
