import { queryOptions } from '@tanstack/react-query'
import { client } from '../../base/client'

export const boardQuery = queryOptions({ queryKey: ['orders', 'board', {}], queryFn: () => client.orders.board({}) })
