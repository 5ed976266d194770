import { watch } from 'node:fs'
import { createServer, loadConfigFromFile } from 'vite'
import { onEndRequest } from '../prepare/on-end-request.mjs'
import { inProject, root, say } from '../prepare/project.mjs'
import { prepare } from '../prepare.mjs'
import { hasDisplay } from '../start/find-electron.mjs'
import { openBrowser } from '../start/open-browser.mjs'
import { runWebHost } from './run-web-host.mjs'

/** What the web host answers itself; everything else is the development server's. */
const hostPaths = ['^/rpc(?:/.*)?$', '^/session$']
const rebuiltFor = ['src-main', 'src-preload', 'migrations']
const calmMs = 200

/** The host answers only its own Host and Origin, so the proxy speaks with these. */
function proxyTo(origin) {
  const entry = { target: origin, changeOrigin: true, ws: true, headers: { origin } }
  return Object.fromEntries(hostPaths.map((path) => [path, entry]))
}

async function startScreens(origin) {
  const loaded = await loadConfigFromFile({ command: 'serve', mode: 'development' }, inProject('electron.vite.config.ts'), root)
  const server = await createServer({
    ...loaded.config.renderer,
    configFile: false,
    mode: 'development',
    server: { host: '127.0.0.1', proxy: proxyTo(origin) },
    clearScreen: false,
    logLevel: 'warn',
  })
  await server.listen()
  // It would end this process at once, before the host has closed its database.
  process.removeAllListeners('SIGTERM')
  return { url: `http://127.0.0.1:${server.config.server.port}`, close: () => server.close() }
}

/** Calls back once things are calm after a change; tests are no part of the program. */
function watchSources(onChange) {
  let timer
  const watchers = rebuiltFor.map((folder) =>
    watch(inProject(folder), { recursive: true }, (_event, name) => {
      if (name === null || /\.test\.tsx?$/.test(name)) return
      clearTimeout(timer)
      timer = setTimeout(() => onChange(), calmMs)
    }),
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}

/**
 * Screens are replaced in the page as they are edited; a change of the main process builds it again and restarts the host on its port.
 * @param {import('../start/read-flags.mjs').Flags} flags
 * @returns {Promise<number>} the exit code, once a signal has ended everything in order
 */
export async function serveWeb(flags) {
  let host = await runWebHost(flags, flags.port)
  const screens = await startScreens(host.origin)
  const tell = () => {
    const url = `${screens.url}/${host.fragment}`
    console.log(`Counterbay is ready at ${url}`)
    return url
  }
  const url = tell()
  if (flags.open && hasDisplay()) openBrowser(url)
  let busy = Promise.resolve()
  const restart = async () => {
    await prepare({ build: true })
    await host.end()
    host = await runWebHost({ ...flags, demo: false }, new URL(host.origin).port)
    tell()
  }
  const stopWatching = watchSources(() => {
    busy = busy.then(restart).catch((error) => say(error.message))
  })
  await new Promise((resolve) => onEndRequest(resolve))
  stopWatching()
  await busy
  await screens.close()
  return host.end()
}
