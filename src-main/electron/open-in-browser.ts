import { shell } from 'electron'
import { invariant } from '../base/invariant'

/** The one place that hands an address to the system: only this program's own, on this machine. Nothing a page says gets here. */
export async function openInBrowser(link: string): Promise<void> {
  const { protocol, hostname, username } = new URL(link)
  invariant(protocol === 'http:' && hostname === '127.0.0.1' && username === '', 'only the web host of this machine is opened')
  await shell.openExternal(link)
}
