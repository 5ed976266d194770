import { execFileSync } from 'node:child_process'
import type { ApiClient } from '../src-preload/contract/api'
import { sell, type Sales } from './sales'
import type { Host } from './web-host'

export interface Memory {
  readonly sales: number
  /** resident, of the host's process */
  readonly startedMib: number | null
  readonly afterMib: number | null
  /** what is still held after a collection: of the heap and outside of it */
  readonly heldMib: number
  /** growth of what is held; what a collector has not fetched yet is no growth */
  readonly growthMibPerThousand: number
}

/** For node: this program may ask the host to collect and to tell what is left, over the channel between the two processes. */
export const MEASURABLE = [
  '--expose-gc',
  '--import',
  `data:text/javascript,${encodeURIComponent(`
    process.on('message', () => {
      globalThis.gc(); globalThis.gc()
      const { heapUsed, external } = process.memoryUsage()
      process.send(heapUsed + external)
    })
    process.channel.unref()`)}`,
]

const MIB = 1024 * 1024

/** A long day's sales. The first tenth fills caches, pools and prepared statements, and does not count as growth. */
export async function measureMemory(host: Host, calls: ApiClient, sales: Sales, wanted: number): Promise<Memory> {
  const startedMib = resident(host)
  const sellMany = async (many: number): Promise<void> => {
    for (let sold = 0; sold < many; sold += 1) await sell({ calls }, sales.next(), () => undefined)
  }
  const warm = Math.ceil(wanted / 10)
  await sellMany(warm)
  const early = await held(host)
  await sellMany(wanted - warm)
  const afterMib = resident(host)
  const late = await held(host)
  return { sales: wanted, startedMib, afterMib, heldMib: late, growthMibPerThousand: ((late - early) * 1000) / (wanted - warm) }
}

/** MiB after a full collection in the host. */
function held({ process: child }: Host): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (bytes) => {
      resolve(Number(bytes) / MIB)
    })
    child.send('collect', (error) => {
      if (error) reject(error)
    })
  })
}

/** Resident memory in MiB; null where there is no `ps`. */
function resident({ process: { pid } }: Host): number | null {
  try {
    const kib = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim())
    return Number.isFinite(kib) ? kib / 1024 : null
  } catch {
    return null
  }
}
