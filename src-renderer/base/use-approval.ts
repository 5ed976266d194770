import { createContext, useContext } from 'react'
import type { Approval } from '../../src-preload/contract/call'
import { CallError, type CallErrorCode, toCallError } from './errors'

/** What is asked of the approver; `sentence` is the program's own words for it. */
export interface ApprovalRequest {
  sentence: string
  /** Sends the call again with the approval; a rejection is shown in the dialog, which stays open: the PIN may be typed again. */
  attempt: (approval: Approval) => Promise<void>
  cancel: () => void
}

export const ApprovalContext = createContext<(request: ApprovalRequest) => void>(() => {
  throw new Error('no approval dialog around this component')
})

/** What another try at the dialog may mend. Anything else is an answer about the record: it goes back to the screen that asked, which can show it. */
const worthAnotherTry: ReadonlySet<CallErrorCode> = new Set<CallErrorCode>([
  'APPROVAL_REFUSED',
  'APPROVAL_REQUIRED',
  'LOCKED_OUT',
  'SIGNED_OUT',
  'SCREEN_LOCKED',
  'BUSY',
  'TOO_MANY_CALLS',
  'DATABASE_UNAVAILABLE',
  'CONNECTION_LOST',
  'INTERNAL_SERVER_ERROR',
])

/**
 * Sends a call; when it answers APPROVAL_REQUIRED, asks somebody who may approve for their PIN and sends the very same call with it.
 * `await withApproval((approval) => client.invoices.void({ invoiceId, reason, ...approval }))`
 * Rejected with code CANCELLED when the dialog is closed without an approval.
 */
export type WithApproval = <Output>(send: (approval: { approval?: Approval }) => Promise<Output>) => Promise<Output>

export function useApproval(): WithApproval {
  const ask = useContext(ApprovalContext)
  return async (send) => {
    try {
      return await send({})
    } catch (error) {
      const refused = toCallError(error)
      if (refused.code !== 'APPROVAL_REQUIRED') throw refused
      return new Promise((resolve, reject) => {
        ask({
          sentence: refused.message,
          attempt: async (approval) => {
            try {
              resolve(await send({ approval }))
            } catch (failure) {
              if (worthAnotherTry.has(toCallError(failure).code)) throw failure
              reject(toCallError(failure))
            }
          },
          cancel: () => {
            reject(new CallError('CANCELLED', 'Not approved; nothing was changed.'))
          },
        })
      })
    }
  }
}
