import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { BadgePercent } from 'lucide-react'
import type { Customer } from '../../../src-preload/contract/customers'
import { useApproval } from '../../base/use-approval'
import { Button } from '../../components/button'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { StatusBadge } from '../../components/status-badge'
import { TextInput } from '../../components/text-input'
import { updateCustomer } from './customers-api'
import { useCustomerField } from './use-customer-field'

interface PartProps {
  customer: Customer
  disabled: boolean
}

/** An exemption and the number of its certificate go together; who may not grant it alone is asked for an approver's PIN. */
export function TaxExemption({ customer, disabled }: PartProps) {
  return customer.taxExempt ? <Exempt customer={customer} disabled={disabled} /> : <NotExempt customer={customer} disabled={disabled} />
}

type Exemption = Pick<Customer, 'taxExempt' | 'taxExemptNumber' | 'taxExemptExpires'>

function useExemption(customer: Customer, onDone: () => void) {
  const withApproval = useApproval()
  return useMutation({
    mutationFn: (now: Exemption) => {
      const changed = (Object.keys(now) as (keyof Exemption)[]).filter((name) => now[name] !== customer[name])
      const part = (from: Exemption): Partial<Exemption> => Object.fromEntries(changed.map((name) => [name, from[name]]))
      return updateCustomer(customer.id, part(customer), part(now), withApproval)
    },
    onSuccess: onDone,
  })
}

function Exempt({ customer, disabled }: PartProps) {
  const [asks, setAsks] = useState(false)
  const stored = useCustomerField(customer, 'taxExemptNumber')
  const expires = useCustomerField(customer, 'taxExemptExpires')
  const end = useExemption(customer, () => setAsks(false))
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken p-3">
      <div className="flex items-center justify-between gap-2">
        {customer.isExemptionExpired ? (
          <StatusBadge tone="bad" icon={BadgePercent}>
            Exemption expired
          </StatusBadge>
        ) : (
          <StatusBadge tone="info" icon={BadgePercent}>
            Exempt from sales tax
          </StatusBadge>
        )}
        {!disabled && (
          <Button size="small" onClick={() => setAsks(true)}>
            End exemption
          </Button>
        )}
      </div>
      <Field label="Certificate number" {...stored.field}>
        <TextInput {...stored.input} readOnly={disabled} />
      </Field>
      <Field label="Certificate valid until" hint={validityHint(customer)} {...expires.field}>
        <TextInput type="date" {...expires.input} readOnly={disabled} />
      </Field>
      <ConfirmDialog
        open={asks && !end.isPending}
        title="End the tax exemption?"
        confirm="End exemption"
        error={end.error}
        onConfirm={() => end.mutate({ taxExempt: false, taxExemptNumber: '', taxExemptExpires: '' })}
        onCancel={() => setAsks(false)}
      >
        New repair orders of {customer.displayName} are taxed again. Orders that are open keep what they have.
      </ConfirmDialog>
    </div>
  )
}

function validityHint({ isExemptionExpired, taxExemptExpires }: Customer): string {
  if (isExemptionExpired) return 'Run out: new orders are taxed. Ask for the new certificate; open orders keep what they have.'
  return taxExemptExpires === '' ? 'Empty: the certificate names no last day.' : 'New orders are exempt up to and including this day.'
}

function NotExempt({ customer, disabled }: PartProps) {
  const [asks, setAsks] = useState(false)
  if (disabled) return null
  return (
    <>
      <Button size="small" className="self-start" icon={<BadgePercent size={14} aria-hidden="true" />} onClick={() => setAsks(true)}>
        Make exempt from sales tax
      </Button>
      {asks && <ExemptDialog customer={customer} onClose={() => setAsks(false)} />}
    </>
  )
}

function ExemptDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const [number, setNumber] = useState(customer.taxExemptNumber)
  const [expires, setExpires] = useState(customer.taxExemptExpires)
  const [tried, setTried] = useState(false)
  const exempt = useExemption(customer, onClose)
  const missing = tried && number.trim() === '' ? 'Enter the number of the exemption certificate.' : undefined
  const submit = (): void => {
    setTried(true)
    if (number.trim() !== '' && !exempt.isPending) exempt.mutate({ taxExempt: true, taxExemptNumber: number, taxExemptExpires: expires })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title="Exempt from sales tax"
      description={`${customer.displayName} pays no sales tax on new repair orders.`}
      size="small"
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={exempt.isPending}>
            Make exempt
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field
          label="Certificate number"
          required
          hint="From the certificate the customer shows; keep a copy of it."
          error={missing ?? exempt.error?.fieldMessage('taxExemptNumber')}
        >
          <TextInput value={number} onValueChange={setNumber} />
        </Field>
        <Field
          label="Valid until"
          hint="As on the certificate; empty when it names no last day."
          error={exempt.error?.fieldMessage('taxExemptExpires')}
        >
          <TextInput type="date" value={expires} onValueChange={setExpires} />
        </Field>
        <ErrorBanner error={exempt.error} />
      </div>
    </Dialog>
  )
}
