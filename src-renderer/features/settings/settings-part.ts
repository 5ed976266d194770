import type { ShopSettings } from '../../../src-preload/contract/shop'

/** One of the shop's settings: how to read it, and the settings with another value in its place. */
export interface SettingsPart<Value> {
  /** as in the contract: 'idleMinutes', 'limits.priceOverrideMillionths' */
  readonly name: string
  readonly of: (settings: ShopSettings) => Value
  readonly put: (settings: ShopSettings, value: Value) => ShopSettings
}

type Plain = Exclude<keyof ShopSettings, 'taxable' | 'limits'>

export function plainPart<Name extends Plain>(name: Name): SettingsPart<ShopSettings[Name]> {
  return { name, of: (settings) => settings[name], put: (settings, value) => ({ ...settings, [name]: value }) }
}

export function taxablePart(kind: keyof ShopSettings['taxable']): SettingsPart<boolean> {
  return {
    name: `taxable.${kind}`,
    of: (settings) => settings.taxable[kind],
    put: (settings, value) => ({ ...settings, taxable: { ...settings.taxable, [kind]: value } }),
  }
}

export function limitPart(limit: keyof ShopSettings['limits']): SettingsPart<number> {
  return {
    name: `limits.${limit}`,
    of: (settings) => settings.limits[limit],
    put: (settings, value) => ({ ...settings, limits: { ...settings.limits, [limit]: value } }),
  }
}
