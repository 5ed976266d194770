#!/usr/bin/env node
// bin.mjs [--inspect=0] [--remote-debugging-port=0] [--user-data-dir=DIR] <application folder> [arguments of the application]
import { readFileSync } from 'node:fs'
import inspector from 'node:inspector'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch } from './state.mjs'

const given = process.argv.slice(2)
const folderAt = given.findIndex((argument) => !argument.startsWith('--'))
if (folderAt === -1) throw new Error('electron stand-in: name the folder of the application')

for (const argument of given) {
  const parts = /^--([^=]+)(?:=(.*))?$/.exec(argument)
  if (parts) launch.switches.set(parts[1], parts[2] ?? '')
}
launch.appPath = path.resolve(given[folderAt])
launch.arguments = given.slice(folderAt + 1)
launch.manifest = JSON.parse(readFileSync(path.join(launch.appPath, 'package.json'), 'utf8'))

if (launch.switches.has('inspect')) inspector.open(Number(launch.switches.get('inspect')), '127.0.0.1') // Playwright waits for its line
process.argv = [process.argv[0], given[folderAt], ...launch.arguments]
process.type = 'browser'
process.defaultApp = true
process.resourcesPath = path.join(launch.appPath, 'resources')
const version = (name, value) => Object.defineProperty(process.versions, name, { value, writable: true, enumerable: true })
version('electron', process.env.ELECTRON_STAND_IN_VERSION ?? '45.4.1')
version('chrome', '')

await import('./register.mjs')
const { app } = await import('./app.mjs')
// As Chromium: the first one quits, the next one kills. A program that listens itself, once it is ready, takes its place.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  const quitOnce = () => {
    const programListens = process.listenerCount(signal) > 1
    process.off(signal, quitOnce)
    if (!programListens) app.quit()
  }
  process.on(signal, quitOnce)
}
await import(pathToFileURL(path.resolve(launch.appPath, launch.manifest.main)).href)
await app._start()
