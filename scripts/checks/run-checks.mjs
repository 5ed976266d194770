import { pathToFileURL } from 'node:url'
import { inProject, root } from '../prepare/project.mjs'
import { checkColours } from './colours.mjs'
import { checkForeignText } from './foreign-text.mjs'
import { checkGenerated } from './generated.mjs'
import { checkHouse } from './house.mjs'
import { checkLayers } from './layers.mjs'
import { checkMoney } from './money.mjs'
import { checkPackages } from './packages.mjs'
import { selfTest } from './self-test.mjs'
import { sourceFiles } from './source-files.mjs'
import { checkDeadCode, checkFormat, checkLint, checkTypes } from './tools.mjs'

/** @typedef {{ name: string, looked: number, problems: string[], seconds: number }} GateResult */

const load = (path) => import(pathToFileURL(inProject(path)).href)

/** In the order in which they start: the slow ones first. Two run at a time. */
const gates = {
  types: (files) => checkTypes(root, files),
  lint: () => checkLint(),
  'dead-code': () => checkDeadCode(),
  'self-test': () => selfTest(),
  format: () => checkFormat(),
  layers: checkLayers,
  money: checkMoney,
  house: checkHouse,
  'foreign-text': checkForeignText,
  colours: checkColours,
  packages: checkPackages,
  generated: (files) => checkGenerated(files, load),
}

export const gateNames = Object.keys(gates)
const atOnce = 2
const manyProblems = 40

async function runGate(name, files) {
  const startedAt = performance.now()
  const findings = await Promise.resolve()
    .then(() => gates[name](files))
    .catch((error) => ({ looked: 0, problems: [error.message] }))
  const problems =
    findings.looked > 0 || findings.problems.length > 0 ? findings.problems : ['looked at nothing: the check itself is broken']
  return { name, looked: findings.looked, problems, seconds: (performance.now() - startedAt) / 1000 }
}

function report(gate, shownProblems) {
  const count = gate.problems.length
  const word = count === 0 ? 'ok  ' : 'FAIL'
  const found = count === 0 ? '' : `, ${count} ${count === 1 ? 'problem' : 'problems'}`
  console.log(`${word} ${gate.name.padEnd(12)} ${String(gate.looked).padStart(5)} looked at${found} (${gate.seconds.toFixed(1)} s)`)
  for (const problem of gate.problems.slice(0, shownProblems)) console.log(`       ${problem}`)
  if (count > shownProblems) console.log(`       ... and ${count - shownProblems} more: npm run check -- ${gate.name}`)
}

/**
 * Runs the checks and prints each result as it comes.
 * @param {readonly string[]} chosen names of gates; none means all
 * @returns {Promise<GateResult[]>}
 */
export async function runChecks(chosen) {
  const files = sourceFiles(root)
  const waiting = gateNames.filter((name) => chosen.length === 0 || chosen.includes(name))
  const results = []
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const gate = await runGate(name, files)
      results.push(gate)
      report(gate, chosen.length === 0 ? manyProblems : Number.POSITIVE_INFINITY)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}
