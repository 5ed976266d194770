import { describe, expect, it } from 'vitest'
import { Password } from '../../../src-preload/contract/session'
import { draftOf, problemsOf } from './person-draft'
import { readImage } from './read-image'
import { suggestPassword } from './suggest-password'

describe('a person of the shop', () => {
  it('needs a name and an e-mail address', () => {
    expect(problemsOf(draftOf(undefined))).toEqual({
      firstName: 'Please fill this in.',
      lastName: 'Please fill this in.',
      email: 'Please fill this in.',
    })
    expect(problemsOf({ ...draftOf(undefined), firstName: 'Pat', lastName: 'Example', email: 'pat' })).toEqual({
      email: 'This is not an e-mail address.',
    })
  })

  it('is suggested a first password that is long enough, easy to read, and never the same', () => {
    const made = Array.from({ length: 200 }, suggestPassword)
    expect(new Set(made).size).toBe(200)
    for (const password of made) {
      expect(Password.safeParse(password).success).toBe(true)
      expect(password).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){2}$/)
    }
  })
})

describe("the logo's file", () => {
  const file = (bytes: number, type: string) => new File([new Uint8Array(bytes).fill(200)], 'logo', { type })

  it('is read whole', async () => {
    const read = await readImage(file(100_000, 'image/png'))
    expect('image' in read && atob(read.image.base64).length).toBe(100_000)
  })

  it('is refused with a sentence when it is too large or no picture', async () => {
    expect(await readImage(file(300 * 1024 + 1, 'image/jpeg'))).toEqual({ problem: expect.stringContaining('300 KB') as string })
    expect(await readImage(file(10, 'image/svg+xml'))).toEqual({ problem: 'Choose a PNG or JPEG picture.' })
  })
})
