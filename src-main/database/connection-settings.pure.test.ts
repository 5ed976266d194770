import { expect, test } from 'vitest'
import { ConfigError } from '../base/config'
import { connectionSettingsFromUrl, connectionUrl } from './connection-settings'

test.each([
  ['postgresql://ann:s%40cret@db.example:6000/shop', { host: 'db.example', port: 6000, database: 'shop', user: 'ann', password: 's@cret' }],
  ['postgres://ann@localhost/shop', { host: 'localhost', port: 5432, database: 'shop', user: 'ann' }],
  ['postgresql://ann@localhost/shop?host=/run/pg%20x', { host: '/run/pg x', port: 5432, database: 'shop', user: 'ann' }],
  [
    'postgresql://ann@h/shop?sslmode=verify-full',
    { host: 'h', port: 5432, database: 'shop', user: 'ann', ssl: { rejectUnauthorized: true } },
  ],
  ['postgresql://ann@h/shop?sslmode=disable', { host: 'h', port: 5432, database: 'shop', user: 'ann' }],
])('%s', (url, settings) => {
  expect(connectionSettingsFromUrl(url)).toEqual(settings)
})

test.each([
  { host: '/tmp/socket folder', port: 5432, database: 'd b', user: 'u:1', password: 'p/w?#@' },
  { host: '127.0.0.1', port: 6001, database: 'shop', user: 'ann' },
])('what is written as a URL is read back: %j', (settings) => {
  expect(connectionSettingsFromUrl(connectionUrl(settings))).toEqual(settings)
})

test.each(['not a url', 'postgresql://localhost/', 'postgresql://ann@h/shop?sslmode=prefer'])('%s is refused', (url) => {
  expect(() => connectionSettingsFromUrl(url)).toThrow(ConfigError)
})
