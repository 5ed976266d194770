import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identifyProcess } from '../database/process-identity'

/** How a test's folder in the temporary folder begins; the number of its process and a dash follow. */
export const TEST_FOLDER = 'counterbay-test-'

/** A run that was killed could not clean up: its servers still run and its folders are still there. Several runs may sweep at once. */
export async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(TEST_FOLDER) ? /^(\d+)-/.exec(name.slice(TEST_FOLDER.length))?.[1] : undefined
    if (pid === undefined || identifyProcess(Number(pid))) continue
    const folder = join(tmpdir(), name)
    const dataFolders = [folder, ...readdirSync(folder).map((child) => join(folder, child))]
    for (const dataFolder of dataFolders) await endServerOf(join(dataFolder, 'postgres'))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Without ceremony: nobody needs its data any more. */
async function endServerOf(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  const socketFolder = lines[4] ?? ''
  const isItsServer = (): boolean => {
    const holder = identifyProcess(pid)
    return holder?.program === 'postgres' && existsSync(cluster) && holder.workingFolder === realpathSync(cluster)
  }
  if (isItsServer()) process.kill(pid, 'SIGQUIT')
  for (let polls = 0; polls < 100 && isItsServer(); polls += 1) await sleep(50)
  if (/^cb-[0-9a-f]+$/.test(basename(socketFolder))) rmSync(socketFolder, { recursive: true, force: true })
}
