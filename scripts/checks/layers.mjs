import { at, isCode, isTest } from './source-files.mjs'
import { importsOf, packageOf, syntaxOf, walk } from './syntax.mjs'

const mayImportElectron = (path) => path.startsWith('src-main/electron/') || path === 'src-main/index.ts' || path === 'src-preload/index.ts'
const serverPackages = new Set(['knex', 'pg', 'pino', 'pdfkit', 'ws', '@orpc/server', '@node-rs/argon2'])
const screenPackages = /^(?:react|react-dom|@tanstack\/.*|@base-ui\/react|lucide-react|tailwind.*)$/
const contractPackages = new Set(['zod', '@orpc/contract'])

/** Where each part of the tree may look: folders of the checkout, and the packages it must do without. */
const layers = [
  {
    name: 'src-preload/contract',
    sees: ['src-preload/contract'],
    refuses: (name, file) => !contractPackages.has(name) && !isTest(file),
  },
  { name: 'src-preload', sees: ['src-preload'], refuses: (name) => name !== 'electron' },
  {
    name: 'src-renderer',
    sees: ['src-renderer', 'src-preload/contract'],
    // Screen tests speak the real protocol with a host of their own: src-renderer/testing.
    refuses: (name, file) => !isTest(file) && (serverPackages.has(name) || name.startsWith('node:')),
  },
  { name: 'src-main/base', sees: ['src-main/base', 'src-preload/contract'], refuses: (name) => screenPackages.test(name) },
  { name: 'src-main', sees: ['src-main', 'src-preload/contract'], refuses: (name) => screenPackages.test(name) },
  {
    name: 'migrations',
    sees: ['migrations'],
    testsSee: ['src-main/testing', 'src-main/database'],
    refuses: (name, file) => name !== 'knex' && !isTest(file) && !file.path.endsWith('.test.ts'),
  },
]

const isBelow = (path, folder) => path === folder || path.startsWith(`${folder}/`)
const layerOf = (path) => layers.find((layer) => isBelow(path, layer.name))

function borderProblem(file, found) {
  const layer = layerOf(file.path)
  if (layer === undefined) return null
  if (found.target === null) {
    const name = packageOf(found.specifier)
    return layer.refuses(name, file) ? `${layer.name} must not import ${name}` : null
  }
  if (found.target === 'package.json') return layer.name === 'src-main' ? null : `${layer.name} must not import package.json`
  const seen = [...layer.sees, ...(isTest(file) ? ['src-main/testing', ...(layer.testsSee ?? [])] : [])]
  if (layer.name === 'src-renderer' && isBelow(found.target, 'src-main')) return 'src-renderer must not import src-main'
  return seen.some((folder) => isBelow(found.target, folder)) ? null : `${layer.name} must not import ${found.target}`
}

function hostProblem(file, found) {
  if (packageOf(found.specifier) === 'electron' && !mayImportElectron(file.path) && layerOf(file.path) !== undefined) {
    return 'only src-main/electron, src-main/index.ts and src-preload/index.ts import electron'
  }
  if (found.target === null || isTest(file)) return null
  const isHost = file.path.startsWith('src-main/electron/') || file.path === 'src-main/index.ts'
  if (isBelow(found.target, 'src-main/electron') && !isHost) return 'only the start-up of Electron imports src-main/electron'
  if (isBelow(found.target, 'src-main/testing') || found.target.endsWith('.test')) return 'the product must not import tests'
  return null
}

const screenArea = (path) => /^src-renderer\/features\/([^/]+)/.exec(path)?.[1]

function screenProblem(file, found) {
  if (found.target === null || !file.path.startsWith('src-renderer/')) return null
  const [own, other] = [screenArea(file.path), screenArea(found.target)]
  if (other === undefined || own === other) return null
  if (own !== undefined) return `area ${own} must not import area ${other}: screens of two areas meet in routes or in components`
  return /^src-renderer\/(?:components|base|styles)\//.test(file.path) ? `general parts must not import area ${other}` : null
}

/** Names that belong to one side of the border, and where they may stand. */
const borderNames = {
  contextBridge: (path) => path === 'src-preload/index.ts',
  ipcRenderer: (path) => path === 'src-preload/index.ts',
  // The start-up may hand it on; every use of it is in src-main/electron.
  ipcMain: (path) => path.startsWith('src-main/electron/') || path === 'src-main/index.ts',
}

function nameProblems(file) {
  const problems = []
  walk(syntaxOf(file), (node, parent) => {
    if (node.type === 'Identifier' && Object.hasOwn(borderNames, node.name) && !borderNames[node.name](file.path)) {
      problems.push(`${at(file, node.start)} ${node.name} must not be touched here`)
    }
    const isBridge =
      node.type === 'Identifier' && node.name === 'api' && parent?.type === 'MemberExpression' && parent.object.name === 'window'
    if (isBridge && !isTest(file) && !/^src-renderer\/(?:base\/|features\/[^/]+\/[^/]+-api\.ts$)/.test(file.path)) {
      problems.push(`${at(file, node.start)} window.api is called only in an area's <area>-api.ts and in src-renderer/base`)
    }
  })
  return problems
}

const mainArea = (path) => /^src-main\/features\/([^/]+)\//.exec(path)?.[1]

/** Areas of src-main use each other in one direction only. */
function areaCircles(files) {
  const uses = new Map()
  for (const file of files.filter((each) => !isTest(each))) {
    const own = mainArea(file.path)
    if (own === undefined) continue
    for (const found of importsOf(file)) {
      const other = found.target === null ? undefined : mainArea(found.target)
      if (other !== undefined && other !== own) uses.set(own, new Map(uses.get(own) ?? []).set(other, at(file, found.offset)))
    }
  }
  const circles = new Map()
  const follow = (area, way) => {
    const start = way.indexOf(area)
    if (start >= 0) {
      const circle = way.slice(start)
      const members = [...circle].sort().join(' ')
      if (!circles.has(members)) circles.set(members, [...circle, area])
      return
    }
    for (const next of uses.get(area)?.keys() ?? []) follow(next, [...way, area])
  }
  for (const area of uses.keys()) follow(area, [])
  return [...circles.values()].map((circle) => `${uses.get(circle[0]).get(circle[1])} areas in a circle: ${circle.join(' -> ')}`)
}

const commands = /^scripts\/[a-z-]+\.mjs$/

/** Commands run before anything is installed: what they load at once must come with Node. */
function commandProblems(files) {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const problems = []
  const seen = new Set()
  const follow = (file) => {
    if (file === undefined || seen.has(file.path)) return
    seen.add(file.path)
    for (const found of importsOf(file).filter((each) => each.isStatic)) {
      if (found.target !== null) follow(byPath.get(found.target))
      else if (!found.specifier.startsWith('node:'))
        problems.push(`${at(file, found.offset)} a command must start without ${found.specifier}`)
    }
  }
  for (const file of files.filter((each) => commands.test(each.path))) follow(file)
  return problems
}

/**
 * Who may import whom (README, "The house").
 * @param {import('./source-files.mjs').SourceFile[]} all
 * @returns {{ looked: number, problems: string[] }}
 */
export function checkLayers(all) {
  const files = all.filter((file) => isCode(file) && !file.path.startsWith('tests/electron-stand-in/'))
  const product = files.filter((file) => layerOf(file.path) !== undefined)
  const problems = product.flatMap((file) =>
    importsOf(file).flatMap((found) =>
      [borderProblem(file, found), hostProblem(file, found), screenProblem(file, found)]
        .filter((problem) => problem !== null)
        .map((problem) => `${at(file, found.offset)} ${problem}`),
    ),
  )
  problems.push(...product.flatMap(nameProblems), ...areaCircles(product), ...commandProblems(files))
  return { looked: product.length, problems: [...new Set(problems)] }
}
