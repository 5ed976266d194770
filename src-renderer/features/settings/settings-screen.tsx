import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useBack } from '../../base/keys'
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

type TabKey = 'shop' | 'pricing' | 'rules' | 'bays' | 'people' | 'printers'

const tabs = [
  { key: 'shop', label: 'Shop', content: <ShopTab /> },
  { key: 'pricing', label: 'Pricing', content: <PricingTab /> },
  { key: 'rules', label: 'State rules', content: <RulesTab /> },
  { key: 'bays', label: 'Bays', content: <BaysTab /> },
  { key: 'people', label: 'People', content: <PeopleTab /> },
  { key: 'printers', label: 'Printers', content: <PrintersTab /> },
] as const

/** For the owner: the shop, its prices, its bays, its people, its printers. */
export function SettingsScreen() {
  const [tab, setTab] = useState<TabKey>('shop')
  const navigate = useNavigate()
  const isAllowed = useGrant('shop.settings') === 'yes'
  useBack(() => void navigate({ to: '/' }), 'Today')
  return (
    <Page title="Settings">
      {isAllowed ? (
        <Tabs<TabKey> label="Settings" tabs={tabs} value={tab} onValueChange={setTab} />
      ) : (
        <Banner tone="info">Settings are for the owner.</Banner>
      )}
    </Page>
  )
}
