import { expect, it } from 'vitest'
import { contentSecurityPolicy } from '../web/content-security-policy'
import { answer } from './app-protocol'

const file = (text: string, contentType: string): { body: Uint8Array<ArrayBuffer>; contentType: string } => ({
  body: new Uint8Array(Buffer.from(text)),
  contentType,
})
const files = new Map([
  ['/index.html', file('<html>', 'text/html; charset=utf-8')],
  ['/assets/index-1.js', file('1', 'text/javascript; charset=utf-8')],
])
const get = (url: string, method = 'GET'): Response => answer({ url, method }, files)

it('answers with the file and the headers that protect it', async () => {
  const response = get('app://counterbay/assets/index-1.js')
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('1')
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'text/javascript; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  })
})

it.each(['app://counterbay/', 'app://counterbay/orders/17?tab=photos'])('answers %s with the page, which finds its screen', async (url) => {
  expect(await get(url).text()).toBe('<html>')
})

it.each([
  'app://counterbay/assets/none.js',
  'app://counterbay/../../package.json',
  'app://counterbay/..%2f..%2fpackage.json',
  'app://counterbay/%2e%2e/secret.json',
  'app://counterbay//etc/passwd.txt',
  'app://other/index.html',
  'app://counterbay.example.com/index.html',
])('has nothing at %s', (url) => {
  expect(get(url).status).toBe(404)
})

it('only reads', async () => {
  expect(get('app://counterbay/', 'POST').status).toBe(405)
  const head = get('app://counterbay/', 'HEAD')
  expect([head.status, await head.text()]).toEqual([200, ''])
})

it('has a policy without any of the words that would undo it', () => {
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|wss?:/)
})
