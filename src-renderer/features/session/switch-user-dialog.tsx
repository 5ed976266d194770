import { useRef } from 'react'
import { useSession } from '../../base/session'
import { Dialog } from '../../components/dialog'
import { PinPanel } from './pin-panel'

/** Somebody else takes over the counter without signing the first one out of it for the day. */
export function SwitchUserDialog({ onClose }: { onClose: () => void }) {
  const { user, status } = useSession()
  const pinRef = useRef<HTMLInputElement>(null)
  const others = status.people.filter((person) => person.id !== user.id)
  return (
    <Dialog open onClose={onClose} title="Switch user" size="small" initialFocus={pinRef}>
      {others.length > 0 ? (
        <PinPanel people={others} onEntered={onClose} pinRef={pinRef} />
      ) : (
        <p className="text-muted">
          Nobody else can use a PIN here yet. Lock the screen and sign in with e-mail and password once; after that a PIN does for the day.
        </p>
      )}
    </Dialog>
  )
}
