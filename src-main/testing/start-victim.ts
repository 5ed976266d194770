import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Victim {
  /** The first line that it printed. */
  readonly said: string
  readonly pid: number
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>
}

/** Starts a built program and waits until it says that it is ready to be killed. */
export async function startVictim(file: string, ...words: string[]): Promise<Victim> {
  const child = spawn(process.execPath, [file, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const said = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    void ended.then(() => reject(new Error('the program ended before it said anything')))
  })
  return {
    said,
    pid: child.pid ?? 0,
    kill: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}
