import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

/** A program of the sources as a file that Node runs, for tests that kill a whole process. */
export async function buildProgram(entry: string): Promise<{ file: string; remove(): void }> {
  // Inside node_modules, so that its imports find the same packages as everything else.
  const cache = join(import.meta.dirname, '../../node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'counterbay-program-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'program.js' } },
    },
  })
  return { file: join(folder, 'program.js'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
