import { queryOptions } from '@tanstack/react-query'
import type { PaperKind } from '../../../src-preload/contract/printing'
import { client } from '../../base/client'
import { queryClient } from '../../base/query-client'

export const printersQuery = queryOptions({ queryKey: ['printing', 'printers', {}], queryFn: () => client.printing.printers({}) })
export const papersQuery = queryOptions({ queryKey: ['printing', 'papers', {}], queryFn: () => client.printing.papers({}) })
export const systemPrintersQuery = queryOptions({
  queryKey: ['printing', 'systemPrinters', {}],
  queryFn: () => client.printing.systemPrinters({}),
  staleTime: 0,
})

async function withList<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const done = await answer
  await queryClient.invalidateQueries({ queryKey: printersQuery.queryKey })
  return done
}

export const addPrinter = (printer: Parameters<typeof client.printing.addPrinter>[0]) => withList(client.printing.addPrinter(printer))
export const updatePrinter = (edit: Parameters<typeof client.printing.updatePrinter>[0]) => withList(client.printing.updatePrinter(edit))
export const removePrinter = (printerId: string) => withList(client.printing.removePrinter({ printerId }))

export const testPage = (printerId: string, pulse: 2 | 5 | null) => client.printing.testPage({ printerId, pulse })

/** Says where a paper comes out here; refused when somebody else said otherwise meanwhile, and then shows what they said. */
export async function choosePrinter(choice: Parameters<typeof client.printing.choosePrinter>[0] & { paper: PaperKind }): Promise<void> {
  try {
    queryClient.setQueryData(papersQuery.queryKey, await client.printing.choosePrinter(choice))
  } catch (error) {
    await queryClient.invalidateQueries({ queryKey: papersQuery.queryKey })
    throw error
  }
}
