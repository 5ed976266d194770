import { writeFileSync } from 'node:fs'

/** Where the reporter writes its tally; set by run-project.mjs. */
const fileVariable = 'COUNTERBAY_TALLY_FILE'

function* suitesBelow(task) {
  for (const suite of task.children.allSuites()) yield suite
}

function tallyModule(module, tally) {
  const brokenSuites = [module, ...suitesBelow(module)].filter((task) => task.errors().length > 0)
  tally.failed.push(
    ...brokenSuites.map((task) => `${module.relativeModuleId} ${task.type === 'module' ? '' : `> ${task.fullName} `}(set-up)`),
  )
  for (const test of module.children.allTests()) {
    const result = test.result()
    const name = `${module.relativeModuleId} > ${test.fullName}`
    if (result.state === 'passed') tally.passed += 1
    else if (result.state === 'failed') tally.failed.push(name)
    else tally.skipped.push({ name, reason: reasonOf(result, brokenSuites.length > 0) })
  }
}

function reasonOf(result, setUpFailed) {
  if (result.note) return result.note
  return setUpFailed ? 'its set-up failed' : 'see its name'
}

/** Counts what a run of vitest found, with the reason of each skipped test, which its JSON reporter leaves out. */
export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const file = process.env[fileVariable]
    if (!file) return
    const tally = { passed: 0, failed: [], skipped: [] }
    for (const module of modules) tallyModule(module, tally)
    tally.failed.push(...unhandledErrors.map((error) => `an error outside any test: ${error.message}`))
    if (reason !== 'interrupted') writeFileSync(file, JSON.stringify(tally))
  }
}
