import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { AppError } from '../base/app-error'

const TIME_LIMIT_MS = 30_000

/**
 * Whether the system takes a PDF as it is: Linux and macOS do, by CUPS' `lp`. Windows has no such program; there, and wherever this is
 * false, the page prints its own view of the document.
 */
export function canPrintPdf(platform: NodeJS.Platform = process.platform, path: string = process.env['PATH'] ?? ''): boolean {
  return platform !== 'win32' && path.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, 'lp')))
}

/** Sends the PDF to the default printer. @throws AppError NOT_ON_THIS_HOST with a sentence when no printer takes it */
export async function printPdf(pdf: Uint8Array, jobName: string): Promise<void> {
  const lp = spawn('lp', ['-t', jobName.slice(0, 127), '-'], { stdio: ['pipe', 'ignore', 'pipe'], timeout: TIME_LIMIT_MS })
  lp.stdin.on('error', () => undefined) // lp ended before it read all of it: its exit code tells
  lp.stderr.resume()
  const exitCode = new Promise<number | null>((resolve) => {
    lp.once('error', () => resolve(null))
    lp.once('close', resolve)
  })
  lp.stdin.end(pdf)
  if ((await exitCode) !== 0)
    throw new AppError('NOT_ON_THIS_HOST', {
      message: 'No printer took the document. Check the default printer, or save the document and print it.',
    })
}
