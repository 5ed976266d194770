import { basename } from 'node:path/posix'
import { at, isCode, isGenerated, isTest } from './source-files.mjs'
import { syntaxOf, walk } from './syntax.mjs'

const longestFile = 400
const deepest = 4
const forbiddenFolders = new Set(['lib', 'libs', 'util', 'utils', 'helper', 'helpers', 'common', 'shared', 'misc'])
const plainName = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/
const house = /^(?:src-main|src-preload|src-renderer|migrations|bench|tests|scripts)\//
const entries = new Set(['src-main/index.ts', 'src-preload/index.ts'])
const baseNames = new Set(['config', 'log', 'clock', 'app-error', 'invariant', 'uuid7'])

function nameProblems(file) {
  const problems = []
  const folders = file.path.split('/').slice(0, -1)
  const name = basename(file.path)
  if (folders.length > deepest) problems.push(`${file.path} is ${folders.length} folders deep, more than ${deepest}`)
  for (const folder of folders) {
    if (forbiddenFolders.has(folder)) problems.push(`${file.path} a folder called ${folder} says nothing about what is in it`)
    if (!plainName.test(folder)) problems.push(`${file.path} folder ${folder} is not lower-case-with-hyphens`)
  }
  if (name !== 'README.md' && !plainName.test(name)) problems.push(`${file.path} is not lower-case-with-hyphens`)
  const base = /^src-main\/base\/([^/]+?)(?:(?:\.pure)?\.test)?\.ts$/.exec(file.path)?.[1]
  if (base !== undefined && !baseNames.has(base)) problems.push(`${file.path} src-main/base is a closed list: ${[...baseNames].join(', ')}`)
  return problems
}

function lengthProblems(file) {
  if (isGenerated(file) || !(isCode(file) || file.path.endsWith('.css'))) return []
  const lines = file.text.trimEnd().split('\n').length
  return lines > longestFile ? [`${file.path} has ${lines} lines, more than ${longestFile}`] : []
}

const isReExport = (node) => node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source !== null)

function barrelProblems(file) {
  const { body } = syntaxOf(file)
  if (body.length > 0 && body.every(isReExport)) return [`${file.path} only passes on what other files export`]
  const star = body.find((node) => node.type === 'ExportAllDeclaration')
  if (star !== undefined) return [`${at(file, star.start)} export * hides where a name comes from`]
  const isIndex = /(?:^|\/)index\.(?:ts|tsx|mjs)$/.test(file.path) && !entries.has(file.path)
  return isIndex ? [`${file.path} says nothing about its job: only the two entries are called index`] : []
}

/** With a gap in each, so that this file does not hold what it forbids. */
const marks = /\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/
const silenced = /(?:oxlint|eslint)-disable(?:-next-line|-line)?\b(?<rest>[^\n]*)/g

function commentProblems(file) {
  const problems = []
  const mark = marks.exec(file.text)
  if (mark !== null) problems.push(`${at(file, mark.index)} ${mark[0]}: finish it or leave it out`)
  for (const match of file.text.matchAll(silenced)) {
    if (!/^ [\w@/-]+.* -- \S/.test(match.groups.rest)) {
      problems.push(`${at(file, match.index)} a silenced rule is named and has a reason: "-disable-next-line rule -- why"`)
    }
  }
  return problems
}

/** `new Promise((resolve) => setTimeout(resolve, 500))` */
function isSleep(node) {
  if (node.type !== 'NewExpression' || node.callee.name !== 'Promise') return false
  const [callback] = node.arguments
  const resolve = callback?.params?.[0]?.name
  const body = callback?.body?.type === 'BlockStatement' ? callback.body.body[0]?.expression : callback?.body
  return (
    body?.type === 'CallExpression' && body.callee.name === 'setTimeout' && body.arguments[0]?.name === resolve && resolve !== undefined
  )
}

/** A test waits for what it expects; where time itself is the matter, a comment with "sleeps because" says so. */
function testProblems(file) {
  const problems = []
  walk(syntaxOf(file), (node) => {
    const isRetry =
      node.type === 'Property' && ['retry', 'retries'].includes(node.key.name) && node.value.type === 'Literal' && node.value.value !== 0
    if (isRetry && /(?:\.test\.tsx?|vitest\.config\.ts)$/.test(file.path))
      problems.push(`${at(file, node.start)} a flaky test is repaired, not repeated`)
    if (!/\.test\.tsx?$/.test(file.path)) return
    const excused = file.text.slice(0, node.start).split('\n').slice(-3).join('\n').includes('sleeps because')
    if (isSleep(node) && !excused) problems.push(`${at(file, node.start)} a test waits for what it expects, not for time to pass`)
    const isTimer = node.type === 'ImportDeclaration' && node.source.value === 'node:timers/promises'
    if (isTimer && !excused) problems.push(`${at(file, node.start)} a test waits for what it expects, not for time to pass`)
  })
  return problems
}

/**
 * Size, names, comments: what keeps a file findable and readable.
 * @param {import('./source-files.mjs').SourceFile[]} all
 * @returns {{ looked: number, problems: string[] }}
 */
export function checkHouse(all) {
  const files = all.filter((file) => house.test(file.path) || (isCode(file) && !file.path.includes('/')))
  const problems = files.flatMap((file) => [
    ...nameProblems(file),
    ...lengthProblems(file),
    ...(isCode(file) ? [...barrelProblems(file), ...commentProblems(file)] : []),
    ...(isCode(file) && (isTest(file) || file.path === 'vitest.config.ts') ? testProblems(file) : []),
  ])
  return { looked: files.length, problems }
}
