import { useState } from 'react'
import type { SessionStatus } from '../../../src-preload/contract/session'
import { Button } from '../../components/button'
import { Entrance } from './entrance'
import { PinPanel } from './pin-panel'
import { SignInForm } from './sign-in-form'

/** Locked: nothing of the shop's data is on the screen. A PIN opens it, of whoever signed in here today, or anybody's password. */
export function LockScreen({ status }: { status: SessionStatus }) {
  const hasPeople = status.people.length > 0
  const [byPassword, setByPassword] = useState(!hasPeople)
  return (
    <Entrance
      width={byPassword ? 'small' : 'medium'}
      title={status.shop?.name ?? 'Locked'}
      lead={byPassword ? 'The screen is locked. Sign in to go on.' : 'The screen is locked. Choose your name and enter your PIN.'}
    >
      {byPassword ? <SignInForm /> : <PinPanel people={status.people} first={pinOwner(status)} />}
      {hasPeople && (
        <div className="mt-4 flex justify-center">
          <Button look="quiet" onClick={() => setByPassword(!byPassword)}>
            {byPassword ? 'Use a PIN' : 'Use e-mail and password'}
          </Button>
        </div>
      )}
    </Entrance>
  )
}

/** Whoever locked the screen is the likeliest to open it. */
function pinOwner(status: SessionStatus): string | undefined {
  return status.people.find((person) => person.id === status.user?.id)?.id
}
