/** What became of the system's print dialog. */
export type PrintOutcome = 'printed' | 'canceled' | 'failed'
