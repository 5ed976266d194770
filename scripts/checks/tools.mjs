import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { inProject } from '../prepare/project.mjs'
import { runProgram } from '../prepare/run-program.mjs'
import { isCode } from './source-files.mjs'

/** @typedef {{ looked: number, problems: string[] }} Findings */

const limit = { timeoutSeconds: 240, env: { NO_COLOR: '1', FORCE_COLOR: '0' } }

/** On a build server some tools colour their output whatever they are told. */
async function run(program, parameters) {
  const result = await runProgram(process.execPath, [inProject('node_modules', program), ...parameters], limit)
  return { ...result, output: stripVTControlCharacters(result.output) }
}

/** A tool that fails without saying what is wrong has found something all the same: its last words. */
const unlessSilent = (problems, result) =>
  problems.length > 0 || result.code === 0 ? problems : [`ended with ${result.signal ?? result.code}: ${result.output.trim().slice(-2000)}`]

/** What the last run of tsc took into its programs, from the notes it keeps. */
function filesInPrograms(folder) {
  const notes = join(folder, '.tsc')
  const names = existsSync(notes) ? readdirSync(notes).filter((name) => name.endsWith('.tsbuildinfo')) : []
  const files = names.flatMap((name) => JSON.parse(readFileSync(join(notes, name), 'utf8')).fileNames ?? [])
  return new Set(files.map((name) => posix.join('.tsc', name)))
}

/**
 * Types of all programs; a source file that belongs to none of them is a problem too.
 * @param {string} folder the checkout
 * @param {import('./source-files.mjs').SourceFile[]} all
 * @returns {Promise<Findings>}
 */
export async function checkTypes(folder, all) {
  const result = await run('typescript/bin/tsc', ['-b', '--pretty', 'false'])
  // When a program cannot be built, the ones that use it complain that its output is not there (TS6305): the cause is told already.
  const lines = result.output.split('\n').filter((line) => /error TS\d+|^error/.test(line) && !line.includes('TS6305'))
  const seen = filesInPrograms(folder)
  const typed = all.filter((file) => isCode(file) && !file.path.endsWith('.mjs'))
  const forgotten = result.code === 0 ? typed.filter((file) => !seen.has(file.path)) : []
  const problems = [...unlessSilent(lines, result), ...forgotten.map((file) => `${file.path} belongs to no program of tsconfig.json`)]
  return { looked: result.code === 0 ? typed.length - forgotten.length : typed.length, problems }
}

/** @returns {Promise<Findings>} what oxlint finds with types at hand; a warning is an error */
export async function checkLint() {
  const result = await run('oxlint/bin/oxlint', ['--format', 'json', '.'])
  const start = result.output.indexOf('{')
  if (start < 0) return { looked: 0, problems: unlessSilent([], { ...result, code: result.code ?? 1 }) }
  const report = JSON.parse(result.output.slice(start))
  const problems = report.diagnostics.map((each) => {
    const line = each.labels?.[0]?.span?.line
    return `${each.filename}${line === undefined ? '' : `:${line}`} ${each.code ?? ''} ${each.message}`
  })
  return { looked: report.number_of_files, problems: unlessSilent(problems, result) }
}

/** @returns {Promise<Findings>} files that oxfmt would write otherwise */
export async function checkFormat() {
  const result = await run('oxfmt/bin/oxfmt', ['--check', '.'])
  const files = [...result.output.matchAll(/^(\S+) \(\d+ms\)$/gm)].map((match) => `${match[1]} is not formatted: npx oxfmt ${match[1]}`)
  const looked = Number.parseInt(/ on (\d+) files/.exec(result.output)?.[1] ?? '0', 10)
  return { looked, problems: unlessSilent(files, result) }
}

/** @returns {Promise<Findings>} files, exports and packages that nothing uses */
export async function checkDeadCode() {
  const counter = ['--reporter', './scripts/checks/knip-count.mjs']
  const result = await run('knip/bin/knip.js', ['--no-progress', '--no-config-hints', '--reporter', 'compact', ...counter])
  const looked = Number.parseInt(/^looked at (\d+) files$/m.exec(result.output)?.[1] ?? '0', 10)
  const lines = result.output.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('looked at '))
  return { looked, problems: result.code === 0 ? [] : unlessSilent(lines, result) }
}
