import { spawn } from 'node:child_process'

const openers = {
  darwin: (url) => ['open', [url]],
  win32: (url) => ['rundll32', ['url.dll,FileProtocolHandler', url]],
  linux: (url) => ['xdg-open', [url]],
}

/**
 * Opens the default browser. That none opens is no error: the address is on the screen.
 * @param {string} url
 */
export function openBrowser(url) {
  const opener = openers[process.platform]
  if (opener === undefined) return
  const [command, parameters] = opener(url)
  const browser = spawn(command, parameters, { stdio: 'ignore', detached: true })
  browser.on('error', () => {})
  browser.unref()
}
