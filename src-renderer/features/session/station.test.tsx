import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { ORPCError } from '@orpc/server'
import { QueryClientProvider } from '@tanstack/react-query'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SessionStatus } from '../../../src-preload/contract/session'
import { client } from '../../base/client'
import { CallError } from '../../base/errors'
import { useKeyListener } from '../../base/keys'
import { queryClient } from '../../base/query-client'
import { setSession, useSession } from '../../base/session'
import { useApproval } from '../../base/use-approval'
import { Station } from './station'

const ids = ['0190f000-0000-7000-8000-000000000001', '0190f000-0000-7000-8000-000000000002'] as const
const people = [
  { id: ids[0], firstName: 'Olga', lastName: 'Owner', role: 'owner' as const },
  { id: ids[1], firstName: 'Fred', lastName: 'Frontdesk', role: 'front_desk' as const },
]

function status(stage: SessionStatus['stage'], person = people[0]): SessionStatus {
  const user = person && { ...person, grants: {}, hasPin: true, mustChangePassword: false }
  return {
    stage,
    host: 'electron',
    demo: false,
    practice: false,
    version: '1.0.0',
    shop: stage === 'setup' ? null : { id: ids[0], name: 'Test Garage', timezone: 'America/Chicago' },
    user: stage === 'open' || stage === 'locked' ? (user ?? null) : null,
    people,
    idleMinutes: 5,
  }
}

let present: SessionStatus
const voids: { reason: string; approval?: unknown }[] = []

beforeAll(() => {
  answerWith({
    session: {
      status: os.session.status.handler(() => present),
      setUpShop: os.session.setUpShop.handler(({ errors }) => {
        throw errors.INVALID_INPUT({ data: { fields: { 'shop.zip': 'This is not a ZIP code.' } } })
      }),
      enterPin: os.session.enterPin.handler(({ input, errors }) => {
        if (input.pin !== '271828') throw errors.WRONG_PIN()
        return status(
          'open',
          people.find((person) => person.id === input.userId),
        )
      }),
      lock: os.session.lock.handler(() => status('locked')),
    },
    users: { approvers: os.users.approvers.handler(() => [people[0]!]) },
    customers: {
      remove: os.customers.remove.handler(({ input, errors }) => {
        voids.push({ reason: input.customerId, approval: input.approval })
        if (!input.approval) throw errors.APPROVAL_REQUIRED({ message: 'Removing a customer needs approval.' })
        if (input.approval.pin === '161803') throw errors.IN_USE()
        if (input.approval.pin !== '271828') throw errors.APPROVAL_REFUSED()
        return {}
      }),
    },
    live: {
      changes: os.live.changes.handler(() => {
        throw new ORPCError('SIGNED_OUT')
      }),
    },
  })
})
beforeEach(() => {
  voids.length = 0
})
afterEach(() => {
  cleanup()
  queryClient.clear()
})

function Counter() {
  const withApproval = useApproval()
  const [outcome, setOutcome] = useState('')
  const remove = (): void => {
    withApproval((approval) => client.customers.remove({ customerId: ids[1], ...approval })).then(
      () => setOutcome('removed'),
      (error: unknown) => setOutcome(error instanceof CallError ? error.code : 'unknown'),
    )
  }
  return (
    <main>
      <h1>{useSession().user.firstName} at the counter</h1>
      <button type="button" onClick={remove}>
        Remove
      </button>
      <p>{outcome}</p>
      <input aria-label="Draft" />
    </main>
  )
}

function Program() {
  useKeyListener()
  return (
    <QueryClientProvider client={queryClient}>
      <Station>
        <Counter />
      </Station>
    </QueryClientProvider>
  )
}

async function open(stage: SessionStatus['stage']): Promise<ReturnType<typeof userEvent.setup>> {
  present = status(stage)
  setSession(present)
  render(<Program />)
  await screen.findByRole('heading', { level: 1 })
  return userEvent.setup()
}

describe('a locked station', () => {
  const isShown = (element: HTMLElement): boolean => element.closest('main')?.style.display !== 'none'

  it('shows nothing of the shop’s data, and gives what was half typed back to the person who locked it', async () => {
    const user = await open('open')
    await user.type(screen.getByLabelText('Draft'), 'knocks at')
    setSession(status('locked'))
    await screen.findByLabelText('PIN')
    expect(isShown(screen.getByText('Olga at the counter'))).toBe(false)
    await user.keyboard('271828')
    await waitFor(() => expect(screen.queryByLabelText('PIN')).toBeNull())
    expect(isShown(screen.getByText('Olga at the counter'))).toBe(true)
    expect(screen.getByLabelText<HTMLInputElement>('Draft').value).toBe('knocks at')
  })

  it('keeps nothing for another person', async () => {
    const user = await open('open')
    await user.type(screen.getByLabelText('Draft'), 'knocks at')
    queryClient.setQueryData(['customers', 'get', ids[1]], { displayName: 'Ana Doe' })
    setSession(status('locked'))
    await screen.findByLabelText('PIN')
    await user.keyboard('{ArrowRight}271828')
    await screen.findByText('Fred at the counter')
    expect(screen.getByLabelText<HTMLInputElement>('Draft').value).toBe('')
    expect(queryClient.getQueryData(['customers', 'get', ids[1]])).toBeUndefined()
  })

  it('opens with the sixth digit for the person the arrows chose', async () => {
    const user = await open('locked')
    await user.keyboard('{ArrowRight}271828')
    await screen.findByText('Fred at the counter')
  })

  it('says that a PIN was wrong, empties the field and keeps the focus there', async () => {
    const user = await open('locked')
    await user.keyboard('111111')
    await screen.findByText('That PIN is not right.')
    const field = screen.getByLabelText<HTMLInputElement>('PIN')
    expect(field.value).toBe('')
    expect(document.activeElement).toBe(field)
    await user.keyboard('271828')
    await screen.findByText('Olga at the counter')
  })
})

describe('set-up', () => {
  it('puts each sentence beside its field and loses nothing that was typed', async () => {
    const user = await open('setup')
    await user.type(screen.getByLabelText(/Shop name/), 'Test Garage')
    await user.type(screen.getByLabelText(/Sales tax rate/), 'eight')
    await user.click(screen.getByRole('button', { name: 'Open the shop' }))
    expect(screen.getByLabelText(/Shop name/).getAttribute('aria-invalid')).toBeNull()
    expect(screen.getByLabelText(/Sales tax rate/).getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText('Choose a state.')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>(/Sales tax rate/).value).toBe('eight')

    await user.clear(screen.getByLabelText(/Sales tax rate/))
    await user.type(screen.getByLabelText(/Sales tax rate/), '8.25')
    await user.type(screen.getByLabelText(/Labor rate/), '145')
    await user.selectOptions(screen.getByLabelText(/^State/), 'TX')
    await user.type(screen.getByLabelText(/ZIP/), 'xx')
    await user.type(screen.getByLabelText(/First name/), 'Olga')
    await user.type(screen.getByLabelText(/Last name/), 'Owner')
    await user.type(screen.getByLabelText(/E-mail/), 'olga@example.com')
    await user.type(screen.getByLabelText(/Password/), 'long enough 1')
    await user.click(screen.getByRole('button', { name: 'Open the shop' }))
    await screen.findByText('This is not a ZIP code.')
    expect(screen.getByLabelText<HTMLInputElement>(/Password/).value).toBe('long enough 1')
    expect(screen.getByLabelText<HTMLInputElement>(/Password/).type).toBe('password')
    await user.click(screen.getByLabelText('Show what is typed'))
    expect(screen.getByLabelText<HTMLInputElement>(/Password/).type).toBe('text')
  })
})

describe('useApproval', () => {
  it('sends the same call again with the PIN, and again after a wrong one', async () => {
    const user = await open('open')
    await user.click(screen.getByRole('button', { name: 'Remove' }))
    await screen.findByText('Removing a customer needs approval.')
    await vi.waitFor(() => expect(screen.getByText('Olga Owner (Owner)')).toBeTruthy())
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('PIN')))
    await user.keyboard('111111')
    await screen.findByText(/This approval was refused/)
    await user.keyboard('271828')
    await screen.findByText('removed')
    expect(voids.map((one) => one.approval)).toEqual([
      undefined,
      { approverId: ids[0], pin: '111111' },
      { approverId: ids[0], pin: '271828' },
    ])
  })

  it('gives what is wrong with the record back to the screen: no other PIN mends it', async () => {
    const user = await open('open')
    await user.click(screen.getByRole('button', { name: 'Remove' }))
    await vi.waitFor(() => expect(screen.getByText('Olga Owner (Owner)')).toBeTruthy())
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('PIN')))
    await user.keyboard('161803')
    await screen.findByText('IN_USE')
    await vi.waitFor(() => expect(screen.queryByLabelText('PIN')).toBeNull())
  })

  it('is cancelled by Escape, and nothing is sent', async () => {
    const user = await open('open')
    await user.click(screen.getByRole('button', { name: 'Remove' }))
    await screen.findByText('Removing a customer needs approval.')
    await user.keyboard('{Escape}')
    await screen.findByText('CANCELLED')
    expect(voids).toHaveLength(1)
  })
})
