import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const folder = resolve(import.meta.dirname, '../../out/preload')

it('the built preload is one CommonJS file whose only require is electron, as a sandboxed window needs it', () => {
  expect(readdirSync(folder)).toEqual(['index.cjs'])
  const code = readFileSync(resolve(folder, 'index.cjs'), 'utf8')
  const required = [...code.matchAll(/\brequire\(\s*(["'`])(.*?)\1\s*\)/g)].map((match) => match[2])
  expect(required).toEqual(['electron'])
  expect(code).not.toMatch(/^\s*(import|export)\s|\bimport\(/m)
})

it('holds no schema and no logic worth attacking', () => {
  expect(readFileSync(resolve(folder, 'index.cjs')).length).toBeLessThan(2_000)
})
