import { queryOptions } from '@tanstack/react-query'
import type { ShopFields } from '../../../src-preload/contract/shop'
import { client } from '../../base/client'
import { queryClient } from '../../base/query-client'

export const shopQuery = queryOptions({ queryKey: ['shop', 'get', {}], queryFn: () => client.shop.get({}) })
export const baysQuery = queryOptions({ queryKey: ['shop', 'bays', {}], queryFn: () => client.shop.bays({}) })
/** The rules follow the shop's state: asked anew whenever they are looked at. */
export const rulesQuery = queryOptions({ queryKey: ['shop', 'rules', {}], queryFn: () => client.shop.rules({}), staleTime: 0 })
export const usersQuery = queryOptions({ queryKey: ['users', 'list', {}], queryFn: () => client.users.list({}) })

type Part = Partial<ShopFields>

export async function updateShop(was: Part, now: Part) {
  const shop = await client.shop.update({ was, now })
  queryClient.setQueryData(shopQuery.queryKey, shop)
  return shop
}

export async function setLogo(image: Parameters<typeof client.shop.setLogo>[0]['image']): Promise<void> {
  await client.shop.setLogo({ image })
  await Promise.all([queryClient.invalidateQueries({ queryKey: ['shop'] }), queryClient.invalidateQueries({ queryKey: ['session'] })])
}

export const priceRulesQuery = queryOptions({ queryKey: ['shop', 'pricing', {}], queryFn: () => client.pricing.rules({}) })

function keepRules<Answer>(rules: Answer): Answer {
  queryClient.setQueryData(priceRulesQuery.queryKey, rules as never)
  void queryClient.invalidateQueries({ queryKey: ['orders', 'offers'] })
  return rules
}

export const addPriceRule = async (rule: Parameters<typeof client.pricing.add>[0]) => keepRules(await client.pricing.add(rule))
export const updatePriceRule = async (edit: Parameters<typeof client.pricing.update>[0]) => keepRules(await client.pricing.update(edit))

type MatrixAsked = Parameters<typeof client.pricing.previewMatrix>[0]
export const matrixPreviewQuery = (asked: MatrixAsked) =>
  queryOptions({ queryKey: ['shop', 'previewMatrix', asked], queryFn: () => client.pricing.previewMatrix(asked), retry: false })

type CannedAsked = Parameters<typeof client.pricing.previewCannedJob>[0]
export const cannedPreviewQuery = (asked: CannedAsked) =>
  queryOptions({ queryKey: ['shop', 'previewCannedJob', asked], queryFn: () => client.pricing.previewCannedJob(asked), retry: false })

/** Parts of the inventory, for the lines of a canned job. */
export const inventoryQuery = (text: string) =>
  queryOptions({
    queryKey: ['orders', 'parts', { text }],
    queryFn: ({ signal }) => client.orders.findParts({ text }, { signal }),
    enabled: text.trim().length >= 2,
  })

async function withBays<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const done = await answer
  await queryClient.invalidateQueries({ queryKey: ['shop', 'bays'] })
  return done
}

export const addBay = (bay: Parameters<typeof client.shop.addBay>[0]) => withBays(client.shop.addBay(bay))
export const updateBay = (edit: Parameters<typeof client.shop.updateBay>[0]) => withBays(client.shop.updateBay(edit))

async function withList<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const done = await answer
  await queryClient.invalidateQueries({ queryKey: ['users'] })
  return done
}

export const createUser = (user: Parameters<typeof client.users.create>[0]) => withList(client.users.create(user))
export const updateUser = (user: Parameters<typeof client.users.update>[0]) => withList(client.users.update(user))
export const resetPassword = (input: { userId: string; password: string }) => withList(client.users.resetPassword(input))
