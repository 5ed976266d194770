import { inProject, say } from './prepare/project.mjs'
import { prepare } from './prepare.mjs'
import { runHost } from './start/run-host.mjs'

/** `npm run db -- migrate|demo|verify --url URL`: the built program decides what the words mean. */
try {
  await prepare({ build: true })
  const { code } = await runHost(process.execPath, [inProject('out', 'main', 'db.js'), ...process.argv.slice(2)])
  process.exitCode = code
} catch (error) {
  say(error.message)
  process.exitCode = 1
}
