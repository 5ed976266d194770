import '../../testing/fake-host'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { RefundDone } from './refund-done'

afterEach(cleanup)

const invoice = { payments: [] } as unknown as Invoice

it('says why no money goes back: it was still due, or the part was billed with nothing', () => {
  const { rerender } = render(<RefundDone invoice={invoice} refundIds={[]} what="Credit note CN-000001" />)
  expect(screen.getByRole('status').textContent).toContain('it is taken off what is due')
  rerender(<RefundDone invoice={invoice} refundIds={[]} what="Credit note CN-000001" isWorthNothing />)
  expect(screen.getByRole('status').textContent).toContain('No money goes back. The part counts as on the shelf again.')
})
