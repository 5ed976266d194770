import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { NextAction } from '../../../src-preload/contract/orders'
import { actionsOf, SCREEN_LAYER } from '../../base/key-bindings'
import { offeredActions } from './order-actions'
import { ActionButtons } from './order-buttons'

const next = (action: NextAction['action'], blockedBy: string | null = null): NextAction => ({
  action,
  to: null,
  blockedBy,
  needsApproval: false,
})
const nothing = (): void => undefined

function show(nextActions: NextAction[], byOthers: string | null): void {
  const offered = offeredActions({ nextActions })
  render(<ActionButtons offered={offered} byOthers={byOthers} onRun={nothing} onPrint={undefined} onWorkOrder={nothing} busy={false} />)
}

afterEach(cleanup)

it('says among the next steps what somebody else does next', () => {
  show([next('back_to_estimate'), next('decline')], 'A technician or an advisor starts the work.')
  expect(screen.getByRole('group', { name: 'Next steps' }).textContent).toMatch(/^Next: A technician or an advisor starts the work\./)
})

it('says nothing of others to whoever goes on', () => {
  show([next('start')], null)
  expect(screen.getByRole('group', { name: 'Next steps' }).textContent).not.toMatch(/Next:/)
})

it('gives the palette the main step first, and what gives up or takes off last', () => {
  show([next('authorize', 'Nothing to authorize.'), next('start'), next('issue_invoice'), next('decline'), next('remove')], null)
  const places = Object.fromEntries(actionsOf(SCREEN_LAYER).map((action) => [action().title, action().place]))
  expect(places).toEqual({
    'Record authorization': undefined,
    'Start work': 'first',
    'Issue invoice': undefined,
    'Work order for the technician': undefined,
    'Customer declines': 'last',
    'Remove draft': 'last',
  })
})
