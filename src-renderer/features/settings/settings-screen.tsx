import type { ReactNode } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useBack } from '../../base/keys'
import { type SettingsPartKey, settingsParts } from '../../base/settings-parts'
import { useGrant } from '../../base/session'
import { Banner } from '../../components/banner'
import { Page } from '../../components/page'
import { Tabs } from '../../components/tabs'
import { BaysTab } from './bays-tab'
import { PeopleTab } from './people-tab'
import { PricingTab } from './pricing-tab'
import { PrintersTab } from './printers-tab'
import { RulesTab } from './rules-tab'
import { ShopTab } from './shop-tab'

const contents: Readonly<Record<SettingsPartKey, ReactNode>> = {
  shop: <ShopTab />,
  pricing: <PricingTab />,
  rules: <RulesTab />,
  bays: <BaysTab />,
  people: <PeopleTab />,
  printers: <PrintersTab />,
}
const tabs = settingsParts.map((part) => ({ ...part, content: contents[part.key] }))

/** For the owner: the shop, its prices, its bays, its people, its printers. */
export function SettingsScreen({ part }: { part: SettingsPartKey }) {
  const navigate = useNavigate()
  const isAllowed = useGrant('shop.settings') === 'yes'
  useBack(() => void navigate({ to: '/' }), 'Today')
  return (
    <Page title="Settings">
      {isAllowed ? (
        <Tabs<SettingsPartKey>
          label="Settings"
          tabs={tabs}
          value={part}
          onValueChange={(next) => void navigate({ to: '/settings', search: { part: next }, replace: true })}
        />
      ) : (
        <Banner tone="info">Settings are for the owner.</Banner>
      )}
    </Page>
  )
}
