/** Sites that the program itself links to. */
const SITES: ReadonlySet<string> = new Set(['www.nhtsa.gov', 'dashboard.stripe.com'])

/**
 * The address to hand to the operating system, or null when it is not one of the three kinds that the program makes: a mail address
 * without headers, a telephone number, a page of a listed site. Anything else (file:, javascript:, handlers of other programs) could run something.
 */
export function externalUrl(text: string): string | null {
  if (!/^[\x21-\x7e]{1,2000}$/.test(text)) return null // no spaces, no control characters: nothing that is read differently elsewhere
  if (/^mailto:[^\s?&<>"]+@[^\s?&<>"@]+$/i.test(text)) return text
  if (/^tel:\+?[0-9]{3,20}$/.test(text)) return text
  try {
    const url = new URL(text)
    const listed = url.protocol === 'https:' && SITES.has(url.host) && url.username === '' && url.password === ''
    return listed ? url.href : null
  } catch {
    return null
  }
}
