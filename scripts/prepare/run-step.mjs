import { say } from './project.mjs'
import { runProgram } from './run-program.mjs'

/** A step of the preparation that did not work; the message is for the person at the terminal. */
export class StepFailed extends Error {
  /** @param {string} message @param {string} output what the step printed */
  constructor(message, output) {
    super(message)
    this.output = output
  }
}

/**
 * Runs one program quietly: one line before, one line after, its output only when it fails.
 * @param {string} title such as 'Installing packages'
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ timeoutSeconds?: number, env?: Record<string, string>, shell?: boolean, quiet?: boolean }} [options]
 * @returns {Promise<string>} everything the program printed
 * @throws {StepFailed}
 */
export async function runStep(title, command, parameters, options = {}) {
  const startedAt = Date.now()
  if (!options.quiet) say(`${title} ...`)
  const { code, signal, output, timedOut } = await runProgram(command, parameters, options)
  if (code === 0) {
    if (!options.quiet) say(`${title}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
    return output
  }
  const reason = timedOut ? `no end after ${options.timeoutSeconds} s` : signal ? `ended by ${signal}` : `exit code ${code}`
  if (!options.quiet && output.trim() !== '') say(output.trimEnd())
  throw new StepFailed(`${title} failed (${reason})`, output)
}
