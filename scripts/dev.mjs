import { endChildrenWhenInterrupted } from './prepare/children.mjs'
import { inProject, say } from './prepare/project.mjs'
import { prepare } from './prepare.mjs'
import { findElectron } from './start/find-electron.mjs'
import { hostWords, readFlags, usage } from './start/read-flags.mjs'
import { runHost } from './start/run-host.mjs'

/** The application with hot reload: in Electron where it runs, else a development server before the web host. */
async function dev(flags) {
  const stopEnding = endChildrenWhenInterrupted()
  await prepare({ build: true })
  const electron = flags.web ? { binary: null, reason: 'the browser was asked for' } : await findElectron({ fetch: true })
  stopEnding()
  if (electron.binary !== null) {
    const words = [inProject('node_modules/electron-vite/bin/electron-vite.js'), '--watch', '--', ...hostWords(flags)]
    return (await runHost(process.execPath, words)).code
  }
  say(`Counterbay opens in the browser instead of Electron: ${electron.reason}.`)
  // Loaded late: it needs the packages, which may not be installed when this file starts.
  const { serveWeb } = await import('./dev/serve-web.mjs')
  return serveWeb(flags)
}

try {
  const flags = readFlags(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  if (flags.help) console.log(usage.replace('npm start', 'npm run dev'))
  else process.exitCode = await dev(flags)
} catch (error) {
  say(error.message)
  process.exitCode = 1
}
