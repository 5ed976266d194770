import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject, root } from './project.mjs'
import { runStep } from './run-step.mjs'

const sources = ['src-main', 'src-preload', 'src-renderer', 'migrations', 'bench', 'resources']
const settings = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
/** What every command needs; the benchmark looks for its own entry. */
const results = ['main/index.js', 'main/web.js', 'main/db.js', 'preload/index.cjs', 'renderer/index.html']
const stamp = 'build.sha256'

const isTest = (name) => /\.test\.tsx?$/.test(name)

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isTest(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

/**
 * A fingerprint of everything the build reads. Contents, not times: a checkout of another branch and back needs no build.
 * @param {string} folder the checkout
 */
export function fingerprint(folder) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '')
  const files = [...sources.flatMap((source) => filesBelow(join(folder, source))), ...settings.map((name) => join(folder, name))]
  for (const file of files.filter((name) => existsSync(name))) {
    hash.update(file.slice(folder.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} folder the checkout
 * @param {string} wanted the fingerprint of its sources
 */
export function isBuilt(folder, wanted) {
  const out = join(folder, 'out')
  if (!existsSync(join(out, stamp)) || readFileSync(join(out, stamp), 'utf8') !== wanted) return false
  return results.every((name) => existsSync(join(out, name)))
}

/** Builds out/ unless it was built from exactly these sources. The stamp is the last thing written and the first thing removed. */
export async function buildApplication() {
  const wanted = fingerprint(root)
  if (isBuilt(root, wanted)) return
  rmSync(inProject('out', stamp), { force: true })
  await runStep('Building the application', process.execPath, [inProject('node_modules/electron-vite/bin/electron-vite.js'), 'build'])
  const missing = results.filter((name) => !existsSync(inProject('out', name)))
  if (missing.length > 0) throw new Error(`The build left out ${missing.join(', ')}`)
  writeFileSync(inProject('out', stamp), wanted)
}
