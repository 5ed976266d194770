import { inProject, say } from './prepare/project.mjs'
import { endChildrenWhenInterrupted } from './prepare/children.mjs'
import { prepare } from './prepare.mjs'
import { findElectron, hasDisplay } from './start/find-electron.mjs'
import { openBrowser } from './start/open-browser.mjs'
import { hostWords, readFlags, readyLine, usage } from './start/read-flags.mjs'
import { runHost } from './start/run-host.mjs'

/** An end by one of these within the first seconds means that Electron itself cannot run here (sandbox, missing libraries). */
const crashes = new Set(['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGBUS'])
const earlyMs = 10_000
const missingLibrary = 127

async function startElectron(binary, flags) {
  const end = await runHost(binary, [inProject(), ...hostWords(flags)])
  const couldNotRun = end.ms < earlyMs && (crashes.has(end.signal) || end.code === missingLibrary)
  return couldNotRun
    ? { ran: false, reason: `it could not start (${end.signal ?? `exit code ${end.code}`})` }
    : { ran: true, code: end.code }
}

async function startWeb(flags) {
  const words = [inProject('out', 'main', 'web.js'), ...hostWords(flags), ...(flags.port === null ? [] : ['--port', flags.port])]
  if (!flags.open || !hasDisplay()) return runHost(process.execPath, words)
  const onLine = (line) => {
    const url = readyLine.exec(line)?.[1]
    if (url !== undefined) openBrowser(url)
  }
  return runHost(process.execPath, words, { onLine })
}

async function start(flags) {
  const stopEnding = endChildrenWhenInterrupted()
  await prepare({ build: true })
  const found = flags.web ? null : await findElectron({ fetch: true })
  stopEnding()
  if (found !== null) {
    const electron = found.binary === null ? { ran: false, reason: found.reason } : await startElectron(found.binary, flags)
    if (electron.ran) return electron.code
    say(`Counterbay opens in the browser instead of Electron: ${electron.reason}.`)
  }
  return (await startWeb(flags)).code
}

function flagsOrUsage() {
  try {
    const flags = readFlags(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
    if (!flags.help) return { flags }
    console.log(usage)
    return { flags: null, code: 0 }
  } catch (error) {
    say(`${error.message}\n\n${usage}`)
    return { flags: null, code: 2 }
  }
}

const { flags, code } = flagsOrUsage()
try {
  process.exitCode = flags === null ? code : await start(flags)
} catch (error) {
  say(error.message)
  process.exitCode = 1
}
