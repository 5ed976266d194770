import { describe, expect, it } from 'vitest'
import { ShopSettings } from '../../../src-preload/contract/shop'
import { CallError } from '../../base/errors'
import { limitPart, plainPart, taxablePart } from './settings-part'
import { storeSetting } from './store-setting'

const seen = ShopSettings.parse({})

/** Settings kept as the program keeps them: as a whole, and only where they still are what they were. */
function keeping(start: ShopSettings) {
  let stored = start
  return {
    stored: () => stored,
    send: (was: ShopSettings, now: ShopSettings): Promise<void> => {
      if (JSON.stringify(was) !== JSON.stringify(stored)) {
        return Promise.reject(new CallError('EDIT_CONFLICT', 'Changed.', { current: { settings: stored } }))
      }
      stored = now
      return Promise.resolve()
    },
  }
}

describe('storing one setting of many', () => {
  it('changes that one, wherever it is', async () => {
    const shop = keeping(seen)
    await storeSetting(taxablePart('labor'), seen, false, true, shop.send)
    expect(shop.stored()).toEqual({ ...seen, taxable: { ...seen.taxable, labor: true } })
  })

  it('keeps what somebody else set meanwhile', async () => {
    const theirs = plainPart('invoiceFooter').put(seen, 'Thank you.')
    const shop = keeping(theirs)
    await storeSetting(plainPart('idleMinutes'), seen, 5, 3, shop.send)
    expect(shop.stored()).toEqual({ ...theirs, idleMinutes: 3 })
  })

  it('leaves the choice to the user when this very one was changed, and says what stands there', async () => {
    const part = limitPart('advisorDiscountMillionths')
    const theirs = part.put(seen, 200_000)
    const shop = keeping(theirs)
    const refused = storeSetting(part, seen, 100_000, 150_000, shop.send)
    await expect(refused).rejects.toMatchObject({ code: 'EDIT_CONFLICT', data: { current: { [part.name]: 200_000 } } })
    expect(shop.stored()).toEqual(theirs)
  })

  it('hands on any other refusal as it is', async () => {
    const send = (): Promise<never> => Promise.reject(new CallError('FORBIDDEN', 'No.'))
    await expect(storeSetting(plainPart('idleMinutes'), seen, 5, 3, send)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
