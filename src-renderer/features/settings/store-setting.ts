import { ShopSettings } from '../../../src-preload/contract/shop'
import { CallError, toCallError } from '../../base/errors'
import type { SettingsPart } from './settings-part'

/**
 * The settings are one field of the shop: they are compared and stored as a whole. When another setting changed meanwhile, this one is stored
 * on top of it; only when this very one changed it is a conflict, for the user to decide.
 * @param seen the settings as this screen has them
 * @param send stores `now` if the settings still are `was`
 */
export async function storeSetting<Value>(
  part: SettingsPart<Value>,
  seen: ShopSettings,
  was: Value,
  now: Value,
  send: (was: ShopSettings, now: ShopSettings) => Promise<unknown>,
): Promise<void> {
  const before = part.put(seen, was)
  try {
    await send(before, part.put(before, now))
  } catch (error) {
    const refused = toCallError(error)
    const present = ShopSettings.safeParse(refused.data.current?.settings)
    if (refused.code !== 'EDIT_CONFLICT' || !present.success) throw refused
    const theirs = part.of(present.data)
    if (!Object.is(theirs, was)) throw new CallError('EDIT_CONFLICT', refused.message, { current: { [part.name]: theirs } })
    await send(present.data, part.put(present.data, now))
  }
}
