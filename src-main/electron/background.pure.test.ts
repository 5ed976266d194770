import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { background } from './background'

it("is the ground of the page, which is decided in the renderer's tokens", () => {
  const tokens = readFileSync(resolve(import.meta.dirname, '../../src-renderer/styles/tokens.css'), 'utf8')
  const [, light, dark] = /--color-page:\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/.exec(tokens) ?? []
  expect(background).toEqual({ light, dark })
})
