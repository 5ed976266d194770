import type { CallError } from '../../base/errors'
import { ErrorBanner } from '../../components/error-banner'
import { Kbd } from '../../components/kbd'
import { CommandRow } from './command-row'
import { NewCustomerRow, SearchRow } from './search-row'
import type { Choice } from './use-search'

interface SearchResultsProps {
  listId: string
  typed: string
  choices: readonly Choice[]
  active: number
  isCurrent: boolean
  /** the rows are what can be done, not what was found */
  isPalette: boolean
  error: CallError | null
  onPoint: (row: number) => void
  onTake: (choice: Choice) => void
}

/** The list under the box; the box keeps the focus. */
export function SearchResults({ listId, typed, choices, active, isCurrent, isPalette, error, onPoint, onTake }: SearchResultsProps) {
  const found = choices.filter((choice) => !('newCustomer' in choice)).length
  return (
    <div className="absolute top-full left-0 z-30 mt-1 w-[52rem] max-w-[calc(100vw-1rem)] lg:max-w-[calc(100vw-13rem)] overflow-hidden rounded-md border border-line bg-surface shadow-pop">
      <ErrorBanner error={error} className="m-2" />
      {isCurrent && found === 0 && !error && (
        <p className="px-3 py-2 text-muted">
          {isPalette ? 'Nothing that can be done is called that. F3 finds a record.' : `Nothing found for “${typed}”.`}
        </p>
      )}
      <div
        id={listId}
        role="listbox"
        aria-label={isPalette ? 'What can be done' : 'Found'}
        className="relative max-h-[70vh] overflow-y-auto py-1"
      >
        {choices.map((choice, at) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the box keeps focus and keys; a row is only pressed
          <div
            key={keyOf(choice)}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === active}
            aria-disabled={'command' in choice && choice.command.whyNot !== undefined}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => onPoint(at)}
            onClick={() => onTake(choice)}
            className="mx-1 cursor-default rounded-sm px-2 py-1.5 aria-selected:bg-accent-soft"
          >
            <Row choice={choice} typed={typed} />
          </div>
        ))}
      </div>
      <p className="flex gap-4 border-t border-line bg-sunken px-3 py-1.5 text-sm text-muted">
        <span className="flex items-center gap-1.5">
          <Kbd keys="Enter" /> {isPalette ? 'do it' : 'open'}
        </span>
        <span className="flex items-center gap-1.5">
          {isPalette ? (
            <>
              <Kbd keys="F3" /> find a record
            </>
          ) : (
            <>
              <Kbd keys="F2" /> check in this car
            </>
          )}
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd keys="Escape" /> back
        </span>
      </p>
      <p role="status" className="sr-only">
        {isCurrent ? `${found} found` : 'Searching'}
      </p>
    </div>
  )
}

function keyOf(choice: Choice): string {
  if ('command' in choice) return choice.command.id
  if ('newCustomer' in choice) return 'new'
  const { kind, invoiceId, orderId, vehicleId, customerId } = choice.hit
  return `${kind}-${invoiceId ?? orderId ?? vehicleId ?? customerId}`
}

function Row({ choice, typed }: { choice: Choice; typed: string }) {
  if ('command' in choice) return <CommandRow command={choice.command} />
  return 'hit' in choice ? <SearchRow hit={choice.hit} typed={typed} /> : <NewCustomerRow typed={choice.newCustomer} />
}
