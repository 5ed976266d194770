/** A cell that looks like text until it is pointed at or typed in; the important marks outweigh the height and border of a full-size input. */
export const cellLook = 'h-8! border-line! bg-transparent! px-1.5! hover:border-control! focus-visible:bg-surface!'

/** The same for inputs that carry their own wrapper; the column says that it is money. */
export const cellInside =
  '[&_input]:h-8 [&_input]:border-line [&_input]:bg-transparent [&_input]:px-1.5 [&_input:hover]:border-control [&_span]:hidden'

/** Sentences and choices under a narrow cell are wider than the cell and grow to the left. */
export const wideBelow =
  '[&>p]:w-64 [&>p]:self-end [&>div[role=alert]]:w-72 [&>div[role=alert]]:self-end [&>div[role=status]]:w-64 [&>div[role=status]]:self-end [&>div[role=status]]:justify-end'

/** The columns of every job's lines, so that they stand under each other across jobs. */
export const columnWidths = {
  type: 'w-17',
  quantity: 'w-18',
  price: 'w-22',
  cost: 'w-20',
  taxed: 'w-10',
  total: 'w-24',
  status: 'w-28',
  remove: 'w-10',
} as const
