import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface Bundles {
  /** JavaScript that the page loads before its first screen, as it travels */
  readonly rendererGzipBytes: number
  /** what Electron's main process reads before it is ready; chunks that are loaded on first use are not in it */
  readonly mainBytes: number
}

/** @param folder out/main */
export function weighBundles(folder: string): Bundles {
  const renderer = resolve(folder, '../renderer')
  const page = readFileSync(join(renderer, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1] ?? '')
  const gzip = (name: string): number => gzipSync(readFileSync(join(renderer, name))).length
  return {
    rendererGzipBytes: scripts.reduce((sum, name) => sum + gzip(name), 0),
    mainBytes: withImports(folder, 'index.js', new Set()),
  }
}

function withImports(folder: string, name: string, seen: Set<string>): number {
  if (seen.has(name)) return 0
  seen.add(name)
  const text = readFileSync(join(folder, name), 'utf8')
  const imported = [...text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g)].map((match) => match[1] ?? '')
  return imported.reduce((sum, next) => sum + withImports(folder, next, seen), Buffer.byteLength(text))
}
