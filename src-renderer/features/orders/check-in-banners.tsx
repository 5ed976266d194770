import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useKeptDrafts } from '../../base/kept-drafts'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { KeptBanner } from '../../components/kept-banner'
import { showToast } from '../../components/toast'
import { CHECK_IN, type CheckInDraft, type CheckInStart, draftKey } from './check-in-draft'
import { leftOnFile } from './left-on-file'
import { customerQuery } from './orders-api'
import type { CheckInState } from './use-check-in'

/** What is here from before: this check-in as it was left, and others that were begun. */
export function CheckInBanners({ state, start }: { state: CheckInState; start: CheckInStart }) {
  const others = useKeptDrafts(CHECK_IN).filter(({ key }) => key !== draftKey(start))
  const say = (draft: CheckInDraft, undo: () => void): void => {
    const left = leftOnFile(draft)
    showToast(left ? `Check-in discarded. ${left.text}` : 'Check-in discarded', { undo, ...(left ? { action: left.action } : {}) })
  }
  return (
    <>
      {state.isFromBefore && (
        <KeptBanner startAfresh={state.startAfresh} leaves={leftOnFile(state.draft)} takesFocus>
          This check-in was left before it was stored: it is as you typed it.
        </KeptBanner>
      )}
      {others.map(({ key, draft, discard }) => (
        <OtherCheckIn key={key} draft={draft as CheckInDraft} onDiscard={() => say(draft as CheckInDraft, discard())} />
      ))}
    </>
  )
}

function OtherCheckIn({ draft, onDiscard }: { draft: CheckInDraft; onDiscard: () => void }) {
  const navigate = useNavigate()
  const who = useNameOf(draft)
  const { customerId, vehicleId, newCustomer } = draft.start
  const goOn = (): void =>
    void navigate({
      to: '/orders/new',
      search: {
        ...(customerId ? { customer: customerId } : {}),
        ...(vehicleId ? { vehicle: vehicleId } : {}),
        ...(newCustomer ? { name: newCustomer } : {}),
      },
    })
  return (
    <Banner
      tone="info"
      actions={
        <>
          <Button size="small" onClick={goOn} aria-label={`Go on with the check-in of ${who}`}>
            Go on with it
          </Button>
          <Button size="small" onClick={onDiscard} aria-label={`Discard the check-in of ${who}`}>
            Discard
          </Button>
        </>
      }
    >
      You also began a check-in of <strong>{who}</strong>.
    </Banner>
  )
}

function useNameOf({ who, search }: CheckInDraft): string {
  const { data } = useQuery(customerQuery(who.kind === 'chosen' ? who.customerId : undefined))
  if (who.kind === 'chosen') return data?.displayName ?? 'a customer'
  if (who.kind === 'none') return search.trim() === '' ? 'nobody yet' : `“${search.trim()}”`
  const { firstName, lastName, companyName, phone } = who.draft
  return companyName.trim() || `${firstName} ${lastName}`.trim() || phone || 'a new customer'
}
