import { test } from 'vitest'
import { cpSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildProgram } from '../testing/build-program'
import { longSnapshot, sampleSnapshot } from './sample-snapshot'
test('b', async () => {
  const p = await buildProgram(join(import.meta.dirname, 'render-document.ts'))
  cpSync(dirname(p.file), join(import.meta.dirname, '../../node_modules/.cache/pdf-bench'), { recursive: true })
  p.remove()
  writeFileSync('/tmp/pdfw/one.json', JSON.stringify(sampleSnapshot()))
  writeFileSync('/tmp/pdfw/big.json', JSON.stringify(longSnapshot(10000)))
}, 60000)
