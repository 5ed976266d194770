import { statSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../base/app-error'
import { checkNewPassword, checkNewPin } from './check-new-secret'
import { countUnknownTry } from './count-unknown-tries'
import { hashPassword, isForeignHash, isOutdated, verifyPassword } from './hash-password'
import { hashPin, verifyPin } from './hash-pin'

const words = ['Main Street Auto', 'Olga', 'Owner-Smith']

describe('new passwords', () => {
  it.each([
    'password123',
    'P@ssword2024!',
    'Welcome12345',
    '1234567890',
    'qwertyuiop',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'MainStreetAuto1',
    'olga-owner-2026',
    'smith smith smith',
    '----------',
  ])('%s is refused beside its field', (password) => {
    expect(() => checkNewPassword(password, 'owner.password', words)).toThrowError(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        data: { fields: { 'owner.password': expect.stringContaining('easy to guess') as unknown } },
      }),
    )
  })

  it.each(['correct horse battery staple', 'my old Volvo never starts', 'kT9 wrench!bolt', '刹车片刹车油机油滤芯轮胎', '8362947105'])(
    '%s is taken: no rules of composition',
    (password) => {
      expect(() => checkNewPassword(password, 'password', words)).not.toThrow()
    },
  )
})

describe('new PINs', () => {
  it.each(['000000', '777777', '123456', '654321', '345678', '890123', '121212', '123123', '112233'])('%s is refused', (pin) => {
    expect(() => checkNewPin(pin, 'pin')).toThrow(AppError)
  })
  it.each(['246813', '908172', '100200'])('%s is taken', (pin) => {
    expect(() => checkNewPin(pin, 'pin')).not.toThrow()
  })
})

describe('hashes', () => {
  it('are argon2id above the floor, and only the right password fits', async () => {
    const stored = await hashPassword('correct horse battery staple')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/)
    expect(await verifyPassword(stored, 'correct horse battery staple')).toBe(true)
    expect(await verifyPassword(stored, 'correct horse battery stapler')).toBe(false)
    expect(isOutdated(stored)).toBe(false)
    expect(isOutdated('$argon2id$v=19$m=19456,t=2,p=1$5NwT00Wn0iqUt8oCap9CVA$iv+1ijWOiQMfUn+uT42aFcxTmczszHcHYk5lxc3Ymhk')).toBe(true)
  })

  it('of another program, or none at all, never fit', async () => {
    const bcrypt = '$2b$12$abcdefghijklmnopqrstuv'
    expect(isForeignHash(bcrypt)).toBe(true)
    expect(await verifyPassword(bcrypt, 'anything')).toBe(false)
    expect(await verifyPassword('none', 'anything')).toBe(false)
    expect(await verifyPassword(null, 'anything')).toBe(false)
  })
})

describe('PIN hashes', () => {
  let here: string
  let elsewhere: string
  beforeAll(async () => {
    here = await mkdtemp(join(tmpdir(), 'counterbay-pin-'))
    elsewhere = await mkdtemp(join(tmpdir(), 'counterbay-pin-'))
  })
  afterAll(async () => {
    await Promise.all([here, elsewhere].map((folder) => rm(folder, { recursive: true })))
  })

  it('belong to one installation: the same PIN does not fit in another data folder', async () => {
    const folder = join(here, 'data')
    const stored = await hashPin(folder, '246813')
    expect(await verifyPin(folder, stored, '246813')).toBe(true)
    expect(await verifyPin(folder, stored, '246814')).toBe(false)
    expect(await verifyPin(elsewhere, stored, '246813')).toBe(false)
    expect(statSync(join(folder, 'pin-pepper')).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, 'pin-pepper'))).toHaveLength(32)
    expect(await readdir(folder)).toEqual(['pin-pepper'])
  })
})

describe('an e-mail address nobody has', () => {
  it('is locked after the fifth try for 30 seconds, then for twice as long', () => {
    const shopId = crypto.randomUUID()
    const at = (ms: number) => countUnknownTry(shopId, 'Nobody@test.invalid', ms)
    expect([0, 1, 2, 3, 4].map(at)).toEqual([0, 0, 0, 0, 0])
    expect(at(5)).toBe(30)
    expect(at(30_003)).toBe(1)
    expect(at(30_004)).toBe(0)
    expect(at(30_005)).toBe(60)
    expect(countUnknownTry(shopId, 'somebody-else@test.invalid', 30_005)).toBe(0)
  })
})
