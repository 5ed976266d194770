import { expect, it } from 'vitest'
import { trustedTypesPolicy } from './trusted-types'

it('lets a worker of the program start', () => {
  for (const address of ['/assets/pdf.worker.mjs', new URL('/assets/pdf.worker.mjs', location.href).href])
    expect(trustedTypesPolicy.createScriptURL(address)).toBe(address)
})

it.each(['https://example.com/worker.js', '//example.com/worker.js', 'data:text/javascript,alert(1)', 'blob:https://example.com/1'])(
  'refuses %s',
  (address) => {
    expect(() => trustedTypesPolicy.createScriptURL(address)).toThrow(TypeError)
  },
)
