import { z } from 'zod'

/** The document's seven states of a repair order, in its order. */
export const OrderStatus = z.enum(['draft', 'estimate', 'approved', 'in_progress', 'completed', 'closed', 'declined'])
export type OrderStatus = z.output<typeof OrderStatus>
export const Priority = z.enum(['low', 'normal', 'high', 'urgent'])
