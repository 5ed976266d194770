import { describe, expect, it } from 'vitest'
import { checkTimezone } from './check-timezone'
import { mergeEdit } from '../../database/merge-edit'
import { readImageSize } from './read-image-size'

const aSentence: unknown = expect.any(String)

describe('an edit of single fields', () => {
  const current = { name: 'Ana', city: 'Tulsa', tags: ['vip'] }

  it('touches nothing else', () => {
    expect(mergeEdit(current, { name: 'Ana' }, { name: 'Anna' })).toEqual({ merged: { ...current, name: 'Anna' }, changed: ['name'] })
    expect(mergeEdit(current, { tags: ['vip'] }, { tags: ['vip', 'fleet'] }).merged.tags).toEqual(['vip', 'fleet'])
  })

  it('of a field that changed meanwhile is a conflict that shows what stands there now', () => {
    expect(() => mergeEdit(current, { name: 'Anne', city: 'Tulsa' }, { name: 'Anna', city: 'Reno' })).toThrowError(
      expect.objectContaining({ code: 'EDIT_CONFLICT', data: { current: { name: 'Ana', city: 'Tulsa' } } }),
    )
  })

  it('to what stands there already is fine and changes nothing', () => {
    expect(mergeEdit(current, { name: 'Anne' }, { name: 'Ana' })).toEqual({ merged: current, changed: [] })
  })

  it('without what was seen before is refused', () => {
    expect(() => mergeEdit(current, {}, { name: 'Anna' })).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT', data: { fields: { 'was.name': aSentence } } }),
    )
  })
})

describe('time zones', () => {
  it.each(['America/Los_Angeles', 'America/Indiana/Indianapolis', 'Pacific/Honolulu'])('%s is one', (name) => {
    expect(() => checkTimezone(name, 'timezone')).not.toThrow()
  })
  it.each(['Mars/Olympus', '+02:00', 'PST', 'America/', "America/New_York'; --"])('%s is none', (name) => {
    expect(() => checkTimezone(name, 'timezone')).toThrowError(expect.objectContaining({ code: 'INVALID_INPUT' }))
  })
})

describe('pictures', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108012c025803012200021101031101ffd9', 'hex')

  it('tell their size', () => {
    expect(readImageSize('image/png', png)).toEqual({ width: 1, height: 1 })
    expect(readImageSize('image/jpeg', jpeg)).toEqual({ width: 600, height: 300 })
  })

  it('are what they claim to be, or nothing', () => {
    expect(readImageSize('image/jpeg', png)).toBeUndefined()
    expect(readImageSize('image/png', jpeg)).toBeUndefined()
    expect(readImageSize('image/png', Buffer.from('<svg onload="x">'))).toBeUndefined()
    expect(readImageSize('image/jpeg', jpeg.subarray(0, 20))).toBeUndefined()
    expect(readImageSize('image/jpeg', Buffer.alloc(0))).toBeUndefined()
  })
})
