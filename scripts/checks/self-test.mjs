import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inProject } from '../prepare/project.mjs'
import { runProgram } from '../prepare/run-program.mjs'
import { plantedFaults } from './planted-faults.mjs'
import { plantedLint } from './planted-lint.mjs'

async function testOwnChecks() {
  const problems = []
  let looked = 0
  for (const { check, faults, fine } of plantedFaults) {
    for (const [words, files] of Object.entries(faults)) {
      looked += 1
      const found = await check(files)
      if (!found.problems.some((problem) => problem.includes(words))) problems.push(`a planted fault was not found: ${words}`)
    }
    looked += 1
    const found = await check(fine)
    problems.push(...found.problems.map((problem) => `found where nothing is wrong: ${problem}`))
    if (found.looked === 0) problems.push('a check looked at nothing')
  }
  return { looked, problems }
}

function plant(folder) {
  copyFileSync(inProject('.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  symlinkSync(inProject('node_modules'), join(folder, 'node_modules'), 'junction')
  const compilerOptions = {
    strict: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2023',
    jsx: 'preserve',
    types: [],
    noEmit: true,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, noUncheckedIndexedAccess: true } }))
  for (const parts of Object.values(plantedLint)) {
    for (let index = 0; index < parts.length; index += 2) {
      const path = join(folder, parts[index])
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, parts[index + 1])
    }
  }
}

async function testLintSettings() {
  const folder = mkdtempSync(join(tmpdir(), 'counterbay-lint-'))
  try {
    plant(folder)
    const words = [inProject('node_modules/oxlint/bin/oxlint'), '--format', 'json', 'src-main', 'src-renderer']
    const { output } = await runProgram(process.execPath, words, { folder, timeoutSeconds: 120 })
    if (!output.includes('{')) return { looked: 0, problems: [output.trim()] }
    const found = JSON.parse(output.slice(output.indexOf('{'))).diagnostics.map((each) => `${each.filename} ${each.code}`)
    const missed = Object.entries(plantedLint).filter(([code, [path]]) => !found.includes(`${path} ${code}`))
    return { looked: Object.keys(plantedLint).length, problems: missed.map(([code, [path]]) => `lint did not find ${code} in ${path}`) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The checks, checked: each finds what it is for in a tree made to break its rule, and nothing in one that keeps it.
 * @returns {Promise<{ looked: number, problems: string[] }>} looked: planted faults
 */
export async function selfTest() {
  const [own, lint] = [await testOwnChecks(), await testLintSettings()]
  return { looked: own.looked + lint.looked, problems: [...own.problems, ...lint.problems] }
}
