import { useMutation } from '@tanstack/react-query'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { ErrorBanner } from '../../components/error-banner'
import { testPage } from './printers-api'

const tries = [
  { pulse: null, label: 'Test page' },
  { pulse: 2, label: 'Page and pin 2' },
  { pulse: 5, label: 'Page and pin 5' },
] as const

/** Prints a page and tries the pins of the drawer: the one that opens it is the right one. */
export function PrinterTest({ printerId, isChanged }: { printerId: string; isChanged: boolean }) {
  const test = useMutation({ mutationFn: (pulse: 2 | 5 | null) => testPage(printerId, pulse) })
  const done = test.isSuccess ? test.variables : undefined
  return (
    <fieldset className="flex flex-col gap-2 rounded-md border border-line p-3">
      <legend className="px-1 text-sm font-medium">Try it</legend>
      <div className="flex flex-wrap gap-2">
        {tries.map(({ pulse, label }) => (
          <Button
            key={label}
            size="small"
            disabled={isChanged || test.isPending}
            busy={test.isPending && test.variables === pulse}
            onClick={() => test.mutate(pulse)}
          >
            {label}
          </Button>
        ))}
      </div>
      {isChanged && <p className="text-sm text-muted">Save first: the page goes to the printer as it is stored.</p>}
      {done === null && <Banner tone="good">The printer took the page.</Banner>}
      {typeof done === 'number' && (
        <Banner tone="good">
          The printer took the page and a pulse for pin {done}. If the drawer opened, choose pin {done} above.
        </Banner>
      )}
      <ErrorBanner error={test.error} />
    </fieldset>
  )
}
