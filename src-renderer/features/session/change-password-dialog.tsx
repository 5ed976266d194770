import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Password } from '../../../src-preload/contract/session'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { showToast } from '../../components/toast'
import { PasswordFields, type PasswordDraft, passwordProblem } from './password-fields'
import { changeMyPassword } from './session-api'

export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<PasswordDraft>({ current: '', next: '', again: '' })
  const [shown, setShown] = useState(false)
  const problem = passwordProblem(draft, Password)
  const change = useMutation({
    mutationFn: changeMyPassword,
    onSuccess: () => {
      showToast('Password changed')
      onClose()
    },
  })
  const submit = (): void => {
    setShown(true)
    if (!problem && !change.isPending) change.mutate({ currentPassword: draft.current, newPassword: draft.next })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title="Change my password"
      size="small"
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={change.isPending}>
            Change password
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <PasswordFields draft={draft} onDraft={setDraft} problem={shown ? problem : undefined} error={change.error} />
        <ErrorBanner error={change.error} />
      </div>
    </Dialog>
  )
}
