import { checkColours } from './colours.mjs'
import { checkForeignText } from './foreign-text.mjs'
import { checkGenerated } from './generated.mjs'
import { checkHouse } from './house.mjs'
import { checkLayers } from './layers.mjs'
import { checkMoney } from './money.mjs'
import { checkPackages } from './packages.mjs'

const file = (path, text) => ({ path, text })
const lines = (count) => 'const a = 1\n'.repeat(count)
const lock = (packages) => file('package-lock.json', JSON.stringify({ packages: { '': {}, ...packages } }))
const manifest = (fields) => file('package.json', JSON.stringify(fields))
const noGenerator = () => Promise.resolve({ generate: () => Promise.resolve({}) })

/** Each check, and for each of its rules the smallest tree that breaks it with the words the check must find. */
export const plantedFaults = [
  {
    check: checkLayers,
    faults: {
      'src-renderer must not import src-main': [file('src-renderer/a.ts', "import type { X } from '../src-main/x'")],
      'src-main must not import src-renderer/x': [file('src-main/a.ts', "import('../src-renderer/x')")],
      'src-main must not import react': [file('src-main/a.ts', "import { useState } from 'react'")],
      'src-renderer must not import knex': [file('src-renderer/a.ts', "export { knex } from 'knex'")],
      'src-renderer must not import node:fs': [file('src-renderer/a.tsx', "import 'node:fs'")],
      'src-preload/contract must not import knex': [file('src-preload/contract/a.ts', "import 'knex'")],
      'src-preload/contract must not import src-main/x': [file('src-preload/contract/a.ts', "let x: import('../../src-main/x').X")],
      'src-preload must not import zod': [file('src-preload/index.ts', "import { z } from 'zod'")],
      'src-main/base must not import src-main/database/pool': [file('src-main/base/log.ts', "import '../database/pool'")],
      'migrations must not import src-main/x': [file('migrations/0001-a.ts', "import '../src-main/x'")],
      'import electron': [file('src-main/web/a.ts', "import { app } from 'electron'")],
      'only the start-up of Electron': [file('src-main/web/a.ts', "import '../electron/window'")],
      'the product must not import tests': [file('src-main/web/a.ts', "import '../testing/x'")],
      'area orders must not import area payments': [file('src-renderer/features/orders/a.ts', "import '../payments/x'")],
      'general parts must not import area orders': [file('src-renderer/components/a.ts', "import '../features/orders/x'")],
      'ipcMain must not be touched': [file('src-main/ipc/gate.ts', 'ipcMain.handle()')],
      'ipcRenderer must not be touched': [file('src-renderer/a.ts', 'ipcRenderer.send()')],
      'contextBridge must not be touched': [file('src-main/index.ts', 'contextBridge.exposeInMainWorld()')],
      'window.api is called only': [file('src-renderer/features/orders/board.tsx', 'window.api.send()')],
      'areas in a circle: a -> b -> a': [
        file('src-main/features/a/x.ts', "import '../b/y'"),
        file('src-main/features/b/y.ts', "import '../a/x'"),
      ],
      'a command must start without vite': [
        file('scripts/start.mjs', "import './deep/x.mjs'"),
        file('scripts/deep/x.mjs', "import 'vite'"),
        file('src-main/a.ts', ''),
      ],
    },
    fine: [
      file(
        'src-renderer/features/orders/orders-api.ts',
        "import { api } from '../../../src-preload/contract/api'\nwindow.api.send('ipcMain')",
      ),
      file('src-main/electron/window.ts', "import { ipcMain } from 'electron'"),
      file('src-main/features/a/x.ts', "import '../b/y'\nimport { z } from 'zod'"),
      file('scripts/check.mjs', "await import('vite')"),
    ],
  },
  {
    check: checkMoney,
    faults: {
      'parseFloat()': [file('src-main/features/payments/a.ts', 'parseFloat(x)')],
      'Number() makes': [file('src-main/pdf/a.ts', 'Number(x)')],
      'Number.parseFloat()': [file('src-main/features/orders/a.ts', 'Number.parseFloat(x)')],
      'Math.trunc()': [file('src-main/pdf/a.ts', 'Math.trunc(line.totalCents / 100)')],
      'Math.round()': [file('src-main/features/invoices/a.ts', 'Math.round(x)')],
      '.toFixed()': [file('src-preload/contract/money.ts', 'x.toFixed(2)')],
      'unary plus': [file('src-main/features/orders/a.ts', 'y = +x')],
      '+ on totalCents': [file('src-main/ipc/a.ts', 'y = order.totalCents + 1')],
      '/ on cents': [file('src-renderer/a.tsx', 'y = cents / 100')],
      'parseFloat() makes': [file('src-renderer/a.ts', 'parseFloat(typed)')],
      '.toFixed() writes': [file('src-renderer/a.ts', 'hours.toFixed(1)')],
      '* on quantityHundredths': [file('src-renderer/a.ts', 'y = (x as number) * (line.quantityHundredths as number)')],
      '+= on sumCents': [file('src-renderer/a.ts', 'sumCents += 1')],
      '++ on dueCents': [file('src-main/a.ts', 'dueCents++')],
    },
    fine: [
      file('src-main/features/payments/a.ts', "// Number(x)\nif (dueCents > 0) log('parseFloat(' + dueCents)"),
      file('src-preload/contract/money.ts', 'export const sum = (aCents, bCents) => aCents + bCents'),
      file('src-main/features/payments/a.test.ts', 'expect(totalCents + 1)'),
      file('src-main/pdf/flow.ts', 'const rows = Math.floor(height / lineHeight)'),
    ],
  },
  {
    check: checkHouse,
    faults: {
      'more than 400': [file('src-main/long.ts', lines(401))],
      'folders deep': [file('src-main/a/b/c/d/e.ts', '')],
      'a folder called utils': [file('src-main/utils/a.ts', '')],
      'is not lower-case-with-hyphens': [file('src-renderer/PayDialog.tsx', '')],
      'is a closed list': [file('src-main/base/stuff.ts', '')],
      'only passes on': [file('src-main/all.ts', "export { a } from './a'\nexport { b } from './b'")],
      'export * hides': [file('src-main/all.ts', "export * from './a'\nexport const b = 1")],
      'says nothing about its job': [file('src-main/pdf/index.ts', 'const a = 1')],
      'finish it': [file('src-main/a.ts', `// TO${''}DO later`)],
      'named and has a reason': [file('src-main/a.ts', `// oxlint-${'disable'}-next-line no-console\nconsole.log(1)`)],
      'repaired, not repeated': [file('src-main/a.test.ts', 'it("x", { retry: 2 }, () => {})')],
      'not for time to pass': [file('src-main/a.test.ts', 'await new Promise((resolve) => setTimeout(resolve, 500))')],
    },
    fine: [
      file('src-main/take-payment.ts', `// oxlint-disable-next-line no-console -- the only output of a command\n${lines(399)}`),
      file('src-main/row-types.ts', `// @generated by a program\n${lines(900)}`),
      file('src-main/index.ts', 'const a = 1'),
      file('src-main/a.test.ts', '// sleeps because the clock itself is tested\nawait new Promise((done) => setTimeout(done, 5))'),
    ],
  },
  {
    check: checkForeignText,
    faults: {
      'package registry': [file('README.md', `see https://registry${'.'}example.com/x`)],
      "one person's machine": [file('src-main/a.ts', `const folder = '/${'home'}/alice/data'`)],
      'a secret key': [file('src-main/a.ts', `const key = 'sk_${'live'}_0123456789'`)],
      'a private key': [file('src-main/a.ts', `-----BEGIN ${'PRIVATE'} KEY-----`)],
    },
    fine: [file('README.md', 'https://example.com/home/page and /usr/bin/chromium')],
  },
  {
    check: checkColours,
    faults: {
      'colour #fff': [file('src-renderer/styles/base.css', 'a { color: #fff }')],
      'colour rgb(': [file('src-renderer/a.tsx', "const style = 'rgb(0 0 0)'")],
      'colour #12ab34': [file('src-renderer/a.tsx', "const style = '#12ab34'")],
      'colour bg-red-500': [file('src-renderer/a.tsx', "const name = 'p-2 bg-red-500'")],
    },
    fine: [
      file('src-renderer/styles/tokens.css', ':root { --ink: #123456 }'),
      file('src-renderer/a.tsx', "const label = 'RO #1042 bg-surface'"),
    ],
  },
  {
    check: checkPackages,
    faults: {
      'is not an exact version': [manifest({ dependencies: { zod: '^4.0.0' } }), lock({})],
      'must stay at': [manifest({ dependencies: { '@orpc/client': '2.0.0' } }), lock({})],
      'differ from package.json': [manifest({ dependencies: { zod: '4.0.0' } }), lock({})],
      'names a host': [manifest({}), lock({ 'node_modules/a': { resolved: 'https://example.com/a.tgz', integrity: 'x' } })],
      'npm ci will refuse it': [manifest({}), lock({ 'node_modules/a': { integrity: 'x', optionalDependencies: { b: '1.0.0' } } })],
      'has no integrity': [manifest({}), lock({ 'node_modules/a': {} })],
      'has an install script': [manifest({}), lock({ 'node_modules/@x/a': { hasInstallScript: true, integrity: 'x' } })],
      'at run time': [manifest({}), lock({}), file('src-main/a.ts', "import 'left-pad/x'")],
    },
    fine: [
      manifest({}),
      lock({ 'node_modules/a': { integrity: 'x', dependencies: { b: '1.0.0' } }, 'node_modules/b': { integrity: 'x' } }),
      file('src-main/a.ts', "import 'node:fs'\nimport type { X } from 'vite'"),
    ],
  },
  {
    check: (files) => checkGenerated(files, noGenerator),
    faults: {
      'not "@generated by <file>"': [file('src-main/row-types.ts', '// @generated')],
      'which is not there': [file('src-main/row-types.ts', '// @generated by scripts/generators/rows.mjs')],
    },
    fine: [file('src-main/rows.ts', '// @generated by src-main/make.ts'), file('src-main/make.ts', '')],
  },
  {
    check: (files) => checkGenerated(files, () => Promise.resolve({ generate: () => Promise.resolve({ 'src-main/rows.ts': 'new' }) })),
    faults: { 'run it again': [file('scripts/generators/rows.mjs', ''), file('src-main/rows.ts', 'old')] },
    fine: [file('scripts/generators/rows.mjs', ''), file('src-main/rows.ts', 'new')],
  },
]
