import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

export interface BuiltFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly contentType: string
}

/** Path from the root ('/assets/index-abc.js') -> file. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/**
 * The built screens, read once. Requests are answered from this map: no request can reach the file system, so none can climb out of the folder.
 * Files of a kind that no screen uses are left out. @throws when there is no index.html
 */
export async function readBuiltFiles(folder: string): Promise<BuiltFiles> {
  const files = new Map<string, BuiltFile>()
  await readInto(files, folder, '')
  if (!files.has('/index.html')) throw new Error(`no built screens in ${folder}`)
  return files
}

async function readInto(files: Map<string, BuiltFile>, folder: string, prefix: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = `${prefix}/${entry.name}`
    const file = join(folder, entry.name)
    if (entry.isDirectory()) {
      await readInto(files, file, path)
      continue
    }
    const contentType = CONTENT_TYPES[extname(entry.name)]
    if (contentType) files.set(path, { body: new Uint8Array(await readFile(file)), contentType })
  }
}

/** The file a path means. A path without an extension is a screen of the program: the page itself decides which. */
export function builtFileAt(files: BuiltFiles, pathname: string): BuiltFile | undefined {
  return files.get(extname(pathname) === '' ? '/index.html' : pathname)
}
