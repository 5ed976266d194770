import type { Shop, ShopFields } from '../../../src-preload/contract/shop'
import { CallError } from '../../base/errors'
import { type StoredField, useStoredField } from '../../base/use-stored-field'
import { updateShop } from './settings-api'
import type { SettingsPart } from './settings-part'
import { storeSetting } from './store-setting'

type PlainName = Exclude<keyof ShopFields, 'settings'>

function needsValue(value: unknown, missing: string | undefined): void {
  if (value === null && missing !== undefined) throw new CallError('INVALID_INPUT', missing)
}

/** A field of the shop that is stored when it is left. `missing`: what to say when a number that has to be there is emptied. */
export function useShopField<Name extends PlainName>(shop: Shop, name: Name, missing?: string): StoredField<ShopFields[Name] | null> {
  return useStoredField<ShopFields[Name] | null>({
    value: shop[name],
    name,
    onStore: async (now, was) => {
      needsValue(now, missing)
      await updateShop({ [name]: was }, { [name]: now })
    },
  })
}

/** One of the shop's settings, the same way. */
export function useSetting<Value extends string | number | boolean>(
  shop: Shop,
  part: SettingsPart<Value>,
  options: { missing?: string; multiline?: boolean } = {},
): StoredField<Value | null> {
  return useStoredField<Value | null>({
    value: part.of(shop.settings),
    name: part.name,
    multiline: options.multiline ?? false,
    onStore: async (now, was) => {
      needsValue(now, options.missing)
      await storeSetting(part, shop.settings, was as Value, now as Value, (before, after) =>
        updateShop({ settings: before }, { settings: after }),
      )
    },
  })
}
