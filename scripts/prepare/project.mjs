import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout: every command works on it, wherever it was called from. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** @param {...string} parts a path inside the checkout */
export const inProject = (...parts) => join(root, ...parts)

/** One line of progress. It goes to stderr: stdout belongs to what the command itself has to say. */
export const say = (line) => process.stderr.write(`${line}\n`)
