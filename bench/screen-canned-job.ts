import type { Page } from 'playwright-core'
import type { ApiClient } from '../src-preload/contract/api'
import { pressToPicture } from './at-screen'
import type { Sales } from './sales'
import { type Times, timesOf } from './times'

/** Each of the host's connections once: the first time one stores a job, PostgreSQL compiles its triggers. */
const WARM_UP = 8
const COUNTED = 60

/** From the last of six keys (j, o, i, l, Enter, Enter) to the picture that shows the order's total with the canned job on it. */
export async function measureCannedJob(page: Page, calls: ApiClient, sales: Sales): Promise<Times> {
  const orderIds: string[] = []
  for (let made = 0; made < WARM_UP + COUNTED; made += 1) orderIds.push(await checkIn(calls, sales))
  return timesOf(orderIds, WARM_UP, async (orderId) => {
    await page.evaluate((id) => {
      location.hash = `#/orders/${id}`
    }, orderId)
    await page.getByText('Nothing on the estimate yet').waitFor()
    await page.keyboard.press('j')
    await page.getByLabel('New job').waitFor()
    await page.keyboard.type('oil')
    await page.locator('[role=listbox] [role=option]').first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
    const total = await page
      .locator('dt', { hasText: /^Total$/ })
      .locator('xpath=following-sibling::dd[1]')
      .textContent()
    return pressToPicture(page, 'total', total ?? '', () => page.keyboard.press('Enter'))
  })
}

/** A car that came without anything to be done yet. */
async function checkIn(calls: ApiClient, sales: Sales): Promise<string> {
  const { orderId, car, technicianId } = sales.next()
  const { customerId, vehicleId, odometer } = car
  const visit = { complaint: 'Time for an oil change', promisedAt: null, technicianId, bayId: null, jobs: [] }
  await calls.orders.checkIn({ orderId, customerId, vehicleId, odometer, ...visit })
  return orderId
}
