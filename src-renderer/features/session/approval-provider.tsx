import { type ReactNode, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Approval } from '../../../src-preload/contract/call'
import { roleNames } from '../../base/role-names'
import { ApprovalContext, type ApprovalRequest } from '../../base/use-approval'
import { ApprovalDialog } from '../../components/approval-dialog'
import { approversQuery } from './session-api'

/** Asks for an approver's PIN whenever a call anywhere below wants one (base/use-approval.ts). */
export function ApprovalProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<ApprovalRequest>()
  const { data: approvers } = useQuery({ ...approversQuery, enabled: request !== undefined })
  const people = approvers?.map((one) => ({ id: one.id, name: `${one.firstName} ${one.lastName} (${roleNames[one.role]})` }))
  const attempt = async (approval: Approval): Promise<void> => {
    await request?.attempt(approval)
    setRequest(undefined)
  }
  const cancel = (): void => {
    request?.cancel()
    setRequest(undefined)
  }
  return (
    <ApprovalContext value={setRequest}>
      {children}
      <ApprovalDialog
        open={request !== undefined}
        sentence={request?.sentence ?? ''}
        people={people}
        onSubmit={attempt}
        onCancel={cancel}
      />
    </ApprovalContext>
  )
}
