/**
 * The page's policy (content-security-policy.ts) lets no text become markup or script. The one exception is the address of a worker, which
 * pdf.js starts by its name: a file of the program itself passes, nothing else does.
 */
export const trustedTypesPolicy = {
  createScriptURL(address: string): string {
    const { protocol, host } = new URL(address, location.href)
    if (protocol !== location.protocol || host !== location.host) throw new TypeError('a script comes from the program itself only')
    return address
  },
}

interface PolicyFactory {
  createPolicy: (name: 'default', rules: typeof trustedTypesPolicy) => unknown
}

const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory } // absent where a browser does not enforce them either
trustedTypes?.createPolicy('default', trustedTypesPolicy)
