/**
 * What a page of Counterbay may do, in both hosts. Sent as a header, so that no markup can loosen it.
 * - script-src: the built bundle only. `wasm-unsafe-eval` is absent on purpose: PDFs made here need none of pdf.js' WebAssembly decoders.
 * - style-src: no inline style elements; styles set through the CSSOM (React's `style`, pdf.js' text layer) are not affected.
 * - img-src: `blob:` for rendered pages and photos, `data:` for the few bytes a stylesheet inlines.
 * - trusted-types: no text becomes markup or script; the one rule there is stands in src-renderer/base/trusted-types.ts.
 * - connect-src 'self' includes the web host's own WebSocket.
 */
const directives: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'none'",
  'base-uri': "'none'",
  'frame-src': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
}

export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ')

/** Goes with every answer of both hosts. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const
