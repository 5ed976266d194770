import { type KeyboardEvent, useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useBack, useKey } from '../../base/keys'
import { useGrant } from '../../base/session'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { Page } from '../../components/page'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { AllCustomers, FIRST_LETTER, FoundCustomers } from './customer-lists'
import { SHORTEST_FILTER } from './customers-api'
import { NewCustomerDialog } from './new-customer-dialog'

const letters = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => ({ value: letter.toLowerCase(), label: letter })),
  { value: '', label: 'Walk-ins first' },
]

/** Everybody the shop knows: by name, filtered while typing, the removed ones apart. */
export function CustomersScreen() {
  const [typed, setTyped] = useState('')
  const [from, setFrom] = useState(FIRST_LETTER)
  const [removed, setRemoved] = useState(false)
  const [adds, setAdds] = useState(false)
  const results = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const mayEdit = useGrant('customers.edit') === 'yes'
  const mayRestore = useGrant('customers.remove') !== 'no'
  const filter = typed.trim()
  const isFiltered = !removed && filter.length >= SHORTEST_FILTER
  useKey({ keys: 'n', title: 'New customer', run: () => setAdds(true) }, mayEdit)
  useBack(() => (typed === '' ? void navigate({ to: '/' }) : setTyped('')), 'Empty the filter, then Today')
  const toResults = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    results.current?.querySelector<HTMLElement>('tbody tr')?.focus()
  }
  return (
    <Page
      title="Customers"
      actions={
        mayEdit && (
          <Button look="primary" icon={<UserPlus size={16} aria-hidden="true" />} keys="n" onClick={() => setAdds(true)}>
            New customer
          </Button>
        )
      }
    >
      <div className="flex flex-wrap items-end gap-4">
        <Field label="Filter" className="w-full max-w-md">
          <TextInput
            type="search"
            value={typed}
            onValueChange={setTyped}
            placeholder="Name, phone, e-mail, plate or VIN"
            disabled={removed}
            onKeyDown={toResults}
            autoFocus
          />
        </Field>
        <Field label="Names from" className="w-36">
          <Select value={from} onValueChange={setFrom} choices={letters} disabled={isFiltered || removed} />
        </Field>
        {mayRestore && (
          <div className="pb-2">
            <Checkbox label="Removed customers" checked={removed} onCheckedChange={setRemoved} />
          </div>
        )}
      </div>
      <div ref={results}>
        <Card>
          {isFiltered ? (
            <FoundCustomers text={filter} />
          ) : (
            <AllCustomers key={`${removed} ${from}`} removed={removed} from={removed ? '' : from} />
          )}
        </Card>
      </div>
      {adds && <NewCustomerDialog onClose={() => setAdds(false)} />}
    </Page>
  )
}
