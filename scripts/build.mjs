import { endChildrenWhenInterrupted } from './prepare/children.mjs'
import { say } from './prepare/project.mjs'
import { prepare } from './prepare.mjs'

/** `npm run build`: out/ as every other command makes it, when it is not up to date. */
endChildrenWhenInterrupted()
try {
  await prepare({ build: true })
  say('out/ is up to date')
} catch (error) {
  say(error.message)
  process.exitCode = 1
}
