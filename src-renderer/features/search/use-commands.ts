import { useNavigate } from '@tanstack/react-router'
import { type RecentRecord, recentRecords } from '../../base/recent-records'
import { useGrant } from '../../base/session'
import { settingsParts } from '../../base/settings-parts'
import type { Command } from './palette-commands'

/** Where one can go from anywhere: every screen, what was opened last, every part of the settings. */
export function useCommands(): () => Command[] {
  const navigate = useNavigate()
  const mayCreate = useGrant('orders.create') !== 'no'
  const mayCustomers = useGrant('customers.see') !== 'no'
  const maySettings = useGrant('shop.settings') === 'yes'

  const open = ({ kind, id }: RecentRecord): void => {
    if (kind === 'order') void navigate({ to: '/orders/$orderId', params: { orderId: id } })
    else if (kind === 'invoice') void navigate({ to: '/invoices/$invoiceId', params: { invoiceId: id } })
    else if (kind === 'vehicle') void navigate({ to: '/vehicles/$vehicleId', params: { vehicleId: id } })
    else void navigate({ to: '/customers/$customerId', params: { customerId: id } })
  }

  return () => [
    ...recentRecords().map((record): Command => ({ id: record.id, title: record.title, group: 'Recent', run: () => open(record) })),
    ...(mayCreate
      ? [
          {
            id: 'check-in',
            title: 'New repair order',
            group: 'Everywhere',
            run: () => void navigate({ to: '/orders/new', search: {} }),
          } as const,
        ]
      : []),
    ...(mayCustomers
      ? [{ id: 'customers', title: 'Customers', group: 'Everywhere', run: () => void navigate({ to: '/customers' }) } as const]
      : []),
    ...(maySettings
      ? settingsParts.map(({ key, label }): Command => ({
          id: `settings ${key}`,
          title: `Settings: ${label}`,
          group: 'Settings',
          run: () => void navigate({ to: '/settings', search: { part: key } }),
        }))
      : []),
    { id: 'account', title: 'My account', group: 'Everywhere', run: () => void navigate({ to: '/account' }) },
  ]
}
