import { findBrowser } from './prepare/install-browser.mjs'
import { inProject, say } from './prepare/project.mjs'
import { prepare } from './prepare.mjs'
import { runHost } from './start/run-host.mjs'

/** `npm run bench -- --json FILE [--orders N] [--screens]`: ends with 1 when a gate is missed. */
try {
  await prepare({ build: true })
  const browser = findBrowser()
  if (browser !== null) process.env.CHROMIUM_PATH = browser
  const { code } = await runHost(process.execPath, [inProject('out', 'main', 'bench.js'), ...process.argv.slice(2)])
  process.exitCode = code
} catch (error) {
  say(error.message)
  process.exitCode = 1
}
