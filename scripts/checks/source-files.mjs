import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** @typedef {{ path: string, text: string }} SourceFile path: from the root of the checkout, with slashes */

const leftOut = new Set(['node_modules', 'out', 'dist', 'coverage', '.git', '.tsc', '.vite', '.counterbay'])
const textual = new Set('.ts .tsx .mjs .cjs .js .css .html .json .jsonc .md .sql .yml .yaml .toml .txt .svg .sh'.split(' '))
const withoutEnding = new Set(['.editorconfig', '.gitignore', '.gitattributes', '.nvmrc', '.npmrc', 'run'])

const isText = (name) => textual.has(extname(name)) || withoutEnding.has(name)

/**
 * Every text file a person or a generator wrote.
 * @param {string} folder the checkout
 * @returns {SourceFile[]}
 */
export function sourceFiles(folder) {
  const files = []
  const look = (below) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory() && !leftOut.has(entry.name)) look(path)
      else if (entry.isFile() && isText(entry.name)) files.push({ path, text: readFileSync(join(folder, path), 'utf8') })
    }
  }
  look('')
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

export const isCode = (file) => /\.(?:ts|tsx|mjs)$/.test(file.path)
export const isTest = (file) =>
  /\.test\.(?:ts|tsx|mjs)$/.test(file.path) || file.path.startsWith('tests/') || /^src-(?:main|renderer)\/testing\//.test(file.path)

/** A file made by a program says so in its first lines, with the program's name. */
export const isGenerated = (file) => file.text.slice(0, 400).includes('@generated')

/** @param {SourceFile} file @param {number} offset @returns {string} `path:line`, as terminals make links of */
export const at = (file, offset) => `${file.path}:${file.text.slice(0, offset).split('\n').length}`
