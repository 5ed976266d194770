import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig, type Surroundings } from './config'

const linux: Surroundings = { argv: [], env: {}, platform: 'linux', homeFolder: '/people/ann', isRoot: false }

describe('the data folder', () => {
  test.each([
    [linux, '/people/ann/.local/share/counterbay'],
    [{ ...linux, env: { XDG_DATA_HOME: '/data' } }, '/data/counterbay'],
    [{ ...linux, isRoot: true, homeFolder: '/root' }, '/var/lib/counterbay'],
    [{ ...linux, platform: 'darwin' as const, homeFolder: '/people/ann' }, '/people/ann/Library/Application Support/Counterbay'],
    [{ ...linux, env: { COUNTERBAY_DATA: '/shop' } }, '/shop'],
    [{ ...linux, env: { COUNTERBAY_DATA: '/shop' }, argv: ['--demo', '--data', '/other'] }, '/other'],
    [{ ...linux, argv: ['--data=/with space'] }, '/with space'],
  ])('%j', (from, folder) => {
    expect(readConfig(from).dataFolder).toBe(folder)
  })

  test('a forgotten value is said, not guessed', () => {
    expect(() => readConfig({ ...linux, argv: ['--data'] })).toThrow(ConfigError)
    expect(() => readConfig({ ...linux, argv: ['--data', '--demo'] })).toThrow('--data needs a value')
  })
})

test('the database is the embedded one unless a URL names another', () => {
  expect(readConfig(linux).databaseUrl).toBeNull()
  expect(readConfig({ ...linux, env: { DATABASE_URL: 'postgresql://u@h/d' } }).databaseUrl).toBe('postgresql://u@h/d')
  expect(() => readConfig({ ...linux, env: { DATABASE_URL: 'mysql://u:geheim@h/d' } })).toThrow(
    'DATABASE_URL must begin with postgresql://',
  )
})

test('the log level is one of the known words', () => {
  expect(readConfig(linux).logLevel).toBe('info')
  expect(readConfig({ ...linux, env: { LOG_LEVEL: 'DEBUG' } }).logLevel).toBe('debug')
  expect(() => readConfig({ ...linux, env: { LOG_LEVEL: 'loud' } })).toThrow(/LOG_LEVEL is "loud"; it must be one of trace, debug/)
})

test('NO_COLOR turns colours off', () => {
  expect(readConfig(linux).color).toBe(true)
  expect(readConfig({ ...linux, env: { NO_COLOR: '1' } }).color).toBe(false)
})
