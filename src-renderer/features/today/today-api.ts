import { queryOptions } from '@tanstack/react-query'
import { client } from '../../base/client'

export const boardQuery = queryOptions({ queryKey: ['orders', 'board', {}], queryFn: () => client.orders.board({}) })

/** What was taken on a business day, by method. */
export const takingsQuery = (day: string) =>
  queryOptions({ queryKey: ['reports', 'dayRevenue', { day }], queryFn: () => client.reports.dayRevenue({ day }) })
