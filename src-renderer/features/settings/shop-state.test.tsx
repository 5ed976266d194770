import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { Shop, ShopSettings } from '../../../src-preload/contract/shop'
import { QueryClientProvider } from '@tanstack/react-query'
import type { SessionStatus } from '../../../src-preload/contract/session'
import { queryClient } from '../../base/query-client'
import { setSession } from '../../base/session'
import { ToastArea } from '../../components/toast'
import { ShopState } from './shop-state'

const stored: unknown[] = []
const plain = { address: '', city: '', state: 'CA', zip: '', phone: '', email: '', timezone: 'UTC', taxRateMillionths: 0, logoUrl: null }
const shop = Shop.parse({ ...plain, id: crypto.randomUUID(), name: 'Test', laborRateCents: 0, settings: ShopSettings.parse({}) })
beforeAll(() => {
  setSession({ user: { id: 'owner' }, shop: {} } as unknown as SessionStatus)
  answerWith({
    shop: {
      update: os.shop.update.handler(({ input }) => {
        stored.push([input.was, input.now])
        return shop
      }),
    },
  })
})
afterEach(cleanup)

it('says which rules hold from now on, and takes another state back with one key', async () => {
  render(
    <QueryClientProvider client={queryClient}>
      <ShopState state="CA" />
      <ToastArea />
    </QueryClientProvider>,
  )
  await userEvent.selectOptions(screen.getByLabelText('State'), 'MI')
  expect(await screen.findByText('The rules of MI hold from now on')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /^Undo/ }))
  await waitFor(() =>
    expect(stored).toEqual([
      [{ state: 'CA' }, { state: 'MI' }],
      [{ state: 'MI' }, { state: 'CA' }],
    ]),
  )
})
