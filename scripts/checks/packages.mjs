import { isCode, isTest } from './source-files.mjs'
import { importsOf, packageOf } from './syntax.mjs'

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']
const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/
/** Tags of these packages lead elsewhere: only this version is right. */
const pinned = { '@orpc/client': '1.16.1', '@orpc/contract': '1.16.1', '@orpc/server': '1.16.1' }

function versionProblems(manifest) {
  return kinds.flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}).flatMap(([name, version]) => {
      if (!exact.test(version)) return [`package.json ${name} "${version}" is not an exact version`]
      return pinned[name] === undefined || pinned[name] === version ? [] : [`package.json ${name} must stay at ${pinned[name]}`]
    }),
  )
}

/** npm looks for a package beside the one that wants it, then further up. */
function isLocked(lock, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (`${folder}${folder === '' ? '' : '/'}node_modules/${name}` in lock.packages) return true
    if (folder === '') return false
  }
}

function lockProblems(manifest, lock) {
  const problems = []
  const root = lock.packages[''] ?? {}
  for (const kind of [...kinds, 'engines']) {
    const sorted = (group) => JSON.stringify(Object.entries(group ?? {}).sort())
    if (sorted(root[kind]) !== sorted(manifest[kind])) problems.push(`package-lock.json ${kind} differ from package.json: run npm install`)
  }
  for (const [path, entry] of Object.entries(lock.packages)) {
    const name = path.replace(/^.*node_modules\//, '')
    if (entry.resolved !== undefined)
      problems.push(`package-lock.json ${name} names a host (resolved): set omit-lockfile-registry-resolved`)
    // What is for other machines may be missing in a registry's copy; npm then cannot know its checksum.
    const isForSomeMachines = entry.optional === true && entry.cpu !== undefined
    if (path !== '' && entry.integrity === undefined && entry.inBundle !== true && !isForSomeMachines) {
      problems.push(`package-lock.json ${name} has no integrity`)
    }
    const absent = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }).filter((each) => !isLocked(lock, path, each))
    problems.push(...absent.map((each) => `package-lock.json has no ${each}, which ${name || 'package.json'} wants: npm ci will refuse it`))
    if (entry.hasInstallScript === true && typeof manifest.allowScripts?.[name] !== 'boolean') {
      problems.push(`package.json allowScripts says nothing about ${name}, which has an install script`)
    }
  }
  return problems
}

/** What the main process loads at run time is not bundled: it must be installed with the product. */
function runtimeProblems(manifest, files) {
  const installed = { ...manifest.dependencies, ...manifest.optionalDependencies, electron: '' }
  const runtime = files.filter((file) => isCode(file) && !isTest(file) && /^(?:src-main|migrations)\//.test(file.path))
  const wanted = runtime.flatMap((file) =>
    importsOf(file)
      .filter((found) => found.target === null && !found.isTypeOnly && !/^(?:node:|virtual:)/.test(found.specifier))
      .map((found) => ({ name: packageOf(found.specifier), path: file.path })),
  )
  return wanted
    .filter(({ name }) => !(name in installed))
    .map(({ name, path }) => `${path} needs ${name} at run time: it belongs into "dependencies"`)
}

/**
 * Exact versions, decided install scripts, a lock file in step that names no host.
 * @param {import('./source-files.mjs').SourceFile[]} all
 * @returns {{ looked: number, problems: string[] }}
 */
export function checkPackages(all) {
  const read = (path) => JSON.parse(all.find((file) => file.path === path)?.text ?? '{"packages":{}}')
  const manifest = read('package.json')
  const lock = read('package-lock.json')
  const problems = [...versionProblems(manifest), ...lockProblems(manifest, lock), ...runtimeProblems(manifest, all)]
  return { looked: Object.keys(lock.packages).length, problems: [...new Set(problems)] }
}
