/** Each would let somebody at the keyboard look into the window, run code in it or take its protection away. */
const REFUSED = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'disable-site-isolation-trials',
  'no-sandbox',
  'ignore-certificate-errors',
  'host-rules',
  'proxy-server',
] as const

/** The first switch an installed program refuses to start with, or null. Unpackaged it is for developers and tests, who need them. */
export function refusedSwitch(isPackaged: boolean, hasSwitch: (name: string) => boolean): string | null {
  return isPackaged ? (REFUSED.find((name) => hasSwitch(name)) ?? null) : null
}
