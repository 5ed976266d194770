import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

export interface ProcessIdentity {
  /** File name of the program, without `.exe`. */
  readonly program: string
  /** Differs between two processes that had the same number one after the other. */
  readonly startId: string
  /** Null where the system does not tell, or not to us. */
  readonly workingFolder: string | null
  /** Seconds since 1970; null where only `workingFolder` is needed. */
  readonly startedAtSeconds: number | null
}

/** Who has this process number now; null when nobody has, or only a dead process that its parent has not fetched yet. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  if (process.platform === 'linux') return identifyOnLinux(pid)
  if (process.platform === 'win32') return identifyOnWindows(pid)
  return identifyWithPs(pid)
}

/** True while the process that wrote `startId` down still lives. */
export function isSameProcess(pid: number, startId: string): boolean {
  return identifyProcess(pid)?.startId === startId
}

function identifyOnLinux(pid: number): ProcessIdentity | null {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  if (stat === null) return null
  // The name stands in brackets and may itself hold brackets and spaces: count from the last one.
  const nameEnd = stat.lastIndexOf(')')
  const fields = stat.slice(nameEnd + 2).split(' ')
  const [state, startTicks] = [fields[0], fields[19]]
  if (state === 'Z' || state === 'X' || startTicks === undefined) return null
  const bootId = quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? ''
  const executable = quietly(() => readlinkSync(`/proc/${pid}/exe`))
  return {
    program: executable === null ? stat.slice(stat.indexOf('(') + 1, nameEnd) : basename(executable.replace(/ \(deleted\)$/, '')),
    startId: `${bootId}/${startTicks}`,
    workingFolder: quietly(() => readlinkSync(`/proc/${pid}/cwd`)),
    startedAtSeconds: null,
  }
}

function identifyWithPs(pid: number): ProcessIdentity | null {
  const line = quietly(() =>
    execFileSync('ps', ['-o', 'state=,lstart=,comm=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } }),
  )
  const match = /^(\S+)\s+(\w{3} \w{3}\s+\d+ [\d:]+ \d{4})\s+(.+)$/.exec(line?.trim() ?? '')
  if (!match || match[1]?.startsWith('Z')) return null
  const startedAt = match[2] ?? ''
  return { program: basename(match[3] ?? ''), startId: startedAt, workingFolder: null, startedAtSeconds: Date.parse(startedAt) / 1000 }
}

function identifyOnWindows(pid: number): ProcessIdentity | null {
  const script = `$p = Get-Process -Id ${pid}; $p.ProcessName + '|' + ([DateTimeOffset]$p.StartTime).ToUnixTimeMilliseconds()`
  const line = quietly(() =>
    execFileSync('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], { encoding: 'utf8', windowsHide: true }),
  )
  const [program, startId] = line?.trim().split('|') ?? []
  return program && startId ? { program, startId, workingFolder: null, startedAtSeconds: Number(startId) / 1000 } : null
}

function quietly(read: () => string): string | null {
  try {
    return read()
  } catch {
    return null
  }
}
