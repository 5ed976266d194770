/** The parts of the settings, in the order they stand in; each has its own address (`/settings?part=bays`). */
export const settingsParts = [
  { key: 'shop', label: 'Shop' },
  { key: 'pricing', label: 'Pricing' },
  { key: 'rules', label: 'State rules' },
  { key: 'bays', label: 'Bays' },
  { key: 'people', label: 'People' },
  { key: 'printers', label: 'Printers' },
] as const

export type SettingsPartKey = (typeof settingsParts)[number]['key']

export function isSettingsPart(text: unknown): text is SettingsPartKey {
  return settingsParts.some(({ key }) => key === text)
}
