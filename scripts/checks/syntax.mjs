import { posix } from 'node:path'
import { parseSync } from 'vite'

/** @typedef {import('./source-files.mjs').SourceFile} SourceFile */
/** @typedef {{ specifier: string, offset: number, isTypeOnly: boolean, isStatic: boolean, target: string | null }} Import */

const programs = new WeakMap()

/**
 * @param {SourceFile} file
 * @returns {object} the syntax tree
 * @throws {Error} when the file cannot be parsed: a check that cannot read a file must not pass it
 */
export function syntaxOf(file) {
  const known = programs.get(file)
  if (known !== undefined) return known
  const { program, errors } = parseSync(file.path, file.text)
  const fatal = errors.find((error) => error.severity === 'Error')
  if (fatal !== undefined) throw new Error(`${file.path}: ${fatal.message}`)
  programs.set(file, program)
  return program
}

/**
 * Calls visit for every node of a tree.
 * @param {object} node
 * @param {(node: object, parent: object | null) => void} visit
 */
export function walk(node, visit, parent = null) {
  visit(node, parent)
  for (const key in node) {
    if (key === 'parent') continue
    const value = node[key]
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null && typeof item?.type === 'string') walk(item, visit, node)
    } else if (value !== null && typeof value === 'object' && typeof value.type === 'string') walk(value, visit, node)
  }
}

const textOf = (node) => (node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null)

function isTypeOnly(node) {
  if (node.type === 'TSImportType') return true
  if (node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = node.specifiers ?? []
  return specifiers.length > 0 && specifiers.every((each) => each.importKind === 'type' || each.exportKind === 'type')
}

function sourceOf(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return textOf(node.source)
    case 'TSImportType':
      return textOf(node.source ?? node.argument?.literal ?? node.argument)
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require' ? textOf(node.arguments[0]) : null
    default:
      return null
  }
}

const imports = new WeakMap()

/**
 * Everything a file imports, types and late imports too. `target` is the path in the checkout, without its ending, or null for a package.
 * @param {SourceFile} file
 * @returns {Import[]}
 */
export function importsOf(file) {
  const known = imports.get(file)
  if (known !== undefined) return known
  const found = []
  walk(syntaxOf(file), (node) => {
    const specifier = sourceOf(node)
    if (specifier === null) return
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(file.path), withoutEnding(specifier)) : null
    const isStatic = node.type !== 'ImportExpression' && node.type !== 'CallExpression'
    found.push({ specifier, offset: node.start, isTypeOnly: isTypeOnly(node), isStatic, target })
  })
  imports.set(file, found)
  return found
}

const withoutEnding = (specifier) => specifier.replace(/\?.*$/, '').replace(/\.(?:ts|tsx|js)$/, '')

/** @param {string} specifier @returns {string} the package a specifier belongs to: `@orpc/server/ws` is in `@orpc/server` */
export const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
