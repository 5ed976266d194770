import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { adopt, endChildren } from '../prepare/children.mjs'
import { inProject, root } from '../prepare/project.mjs'

/** @typedef {{ passed: number, failed: string[], skipped: { name: string, reason: string }[] }} Tally */

/** No part takes half as long; one that hangs is ended and counts as failed. */
const limitMs = 25 * 60_000

/** Workers that hang do not end with the program that started them; Windows has no such groups and ends them itself. */
const leadsGroup = process.platform !== 'win32'

const reporter = inProject('scripts', 'test', 'tally-reporter.mjs')

/**
 * Runs one kind of tests. A run that found no test, or that ended without saying what it found, is a failure.
 * @param {string} project a project of vitest.config.ts
 * @param {{ filters: readonly string[], folder: string, env: Record<string, string>, mayBeEmpty: boolean }} options
 * @returns {Promise<Tally>}
 */
export async function runProject(project, { filters, folder, env, mayBeEmpty }) {
  const file = join(folder, `${project}.json`)
  rmSync(file, { force: true })
  const parameters = ['run', '--project', project, '--reporter=default', `--reporter=${reporter}`, '--passWithNoTests', ...filters]
  const code = await vitest(parameters, { ...env, COUNTERBAY_TALLY_FILE: file })
  return judge(project, code, readTally(file), mayBeEmpty)
}

/** Colours are for people: a log file is read without them. */
const colours = () => (process.stdout.isTTY || process.env.FORCE_COLOR !== undefined ? {} : { NO_COLOR: '1' })

function vitest(parameters, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [inProject('node_modules/vitest/vitest.mjs'), ...parameters], {
      cwd: root,
      env: { ...colours(), ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: leadsGroup,
    })
    adopt(child, { leadsGroup })
    const limit = setTimeout(() => void endChildren(), limitMs)
    const finish = (code) => {
      clearTimeout(limit)
      resolve(code)
    }
    child.on('error', () => finish(127))
    child.on('close', (code, signal) => finish(code ?? signal))
  })
}

function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * @param {string} project
 * @param {number | string} code the exit code of vitest, or the signal that ended it
 * @param {Tally | null} tally null when vitest wrote none
 * @param {boolean} mayBeEmpty
 * @returns {Tally}
 */
export function judge(project, code, tally, mayBeEmpty) {
  if (tally === null) return { passed: 0, failed: [`${project}: ended with ${code} before it had a result`], skipped: [] }
  const failed = [...tally.failed]
  if (tally.passed + failed.length + tally.skipped.length === 0 && !mayBeEmpty) failed.push(`${project}: no test was found`)
  if (code !== 0 && failed.length === 0) failed.push(`${project}: ended with ${code}`)
  return { ...tally, failed }
}
