import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Bytes that Electron's main process reads before it is ready; chunks that are loaded on first use are not among them.
 * @param folder out/main
 */
export function weighMain(folder: string): number {
  return withImports(folder, 'index.js', new Set())
}

function withImports(folder: string, name: string, seen: Set<string>): number {
  if (seen.has(name)) return 0
  seen.add(name)
  const text = readFileSync(join(folder, name), 'utf8')
  const imported = [...text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g)].map((match) => match[1] ?? '')
  return imported.reduce((sum, next) => sum + withImports(folder, next, seen), Buffer.byteLength(text))
}
