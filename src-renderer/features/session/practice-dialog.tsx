import { useRef } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { startPractice } from './session-api'
import { leaveField } from './use-auto-lock'

/** Says what practice is before it begins; the page opens anew on the copy. */
export function PracticeDialog({ onClose }: { onClose: () => void }) {
  const begin = useRef<HTMLButtonElement>(null)
  const start = useMutation({
    mutationFn: () => {
      leaveField()
      return startPractice()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title="Practice"
      initialFocus={begin}
      keepOpen={start.isPending}
      footer={
        <>
          <Button onClick={onClose} disabled={start.isPending}>
            Cancel
          </Button>
          <Button ref={begin} look="primary" busy={start.isPending} onClick={() => start.mutate()}>
            Begin practice
          </Button>
        </>
      }
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        <li>You get a copy of the shop as it is now: its customers, cars, orders and prices.</li>
        <li>Try anything, payments and refunds too. Nothing reaches the books, no number of theirs is used up.</li>
        <li>Every screen has a coloured frame and says PRACTICE; so does every paper.</li>
        <li>Other people at this shop go on in the books. When you leave, or somebody else signs in here, the copy is deleted.</li>
      </ul>
      <p role="status" className="mt-3 min-h-5 text-muted">
        {start.isPending && 'Copying the shop; this takes some seconds, longer for a large shop…'}
      </p>
      <ErrorBanner error={start.error} />
    </Dialog>
  )
}
