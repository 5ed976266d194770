// Makes `import ... from 'electron'` and `require('electron')` mean the stand-in, in the application and in its packages.
import Module from 'node:module' // not by name: `registerHooks` does not exist in Node 20

const standIn = new URL('./electron.mjs', import.meta.url).href
const isElectron = (name) => name === 'electron' || name === 'electron/main'

if (Module.registerHooks) {
  const resolve = (name, context, next) => (isElectron(name) ? { url: standIn, format: 'module', shortCircuit: true } : next(name, context))
  Module.registerHooks({ resolve })
} else {
  const hook = `export async function resolve(name, context, next) {
    return name === 'electron' || name === 'electron/main' ? { url: ${JSON.stringify(standIn)}, format: 'module', shortCircuit: true } : next(name, context)
  }`
  Module.register('data:text/javascript,' + encodeURIComponent(hook))
  const namespace = await import(standIn)
  const load = Module._load
  Module._load = (name, ...rest) => (isElectron(name) ? namespace : load(name, ...rest)) // Playwright's inspector call uses require
}
