/** Without the signs that are taken for one another (0 and o, 1 and l and i). */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 3
const GROUP = 4

/** A first password that is easy to read out: 'k7wf-m2qp-9rtx', about 59 bits of chance. */
export function suggestPassword(): string {
  const group = (): string => Array.from({ length: GROUP }, drawSign).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** Every sign as likely as any other: a byte that does not divide evenly is drawn again. */
function drawSign(): string {
  const limit = 256 - (256 % SIGNS.length)
  let byte = 256
  while (byte >= limit) byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 256
  return SIGNS.charAt(byte % SIGNS.length)
}
