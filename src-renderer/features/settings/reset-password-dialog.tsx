import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Password } from '../../../src-preload/contract/session'
import type { UserRow } from '../../../src-preload/contract/users'
import { useProblems } from '../../base/use-problems'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { showToast } from '../../components/toast'
import { FirstPassword } from './first-password'
import { resetPassword } from './settings-api'

/** For somebody who forgot theirs, or whose account somebody else may know. */
export function ResetPasswordDialog({ user, onClose }: { user: UserRow; onClose: () => void }) {
  const [password, setPassword] = useState('')
  const name = `${user.firstName} ${user.lastName}`
  const reset = useMutation({
    mutationFn: resetPassword,
    onSuccess: () => {
      showToast(`${name} has a new first password`)
      onClose()
    },
  })
  const issue = Password.safeParse(password).error?.issues[0]
  const problems = useProblems(issue ? { password: issue.message } : {}, reset.error)
  const submit = (): void => {
    problems.show()
    if (!issue && !reset.isPending) reset.mutate({ userId: user.id, password })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title="New password"
      description={`${name} is signed out everywhere, and the PIN is gone until a new one is set.`}
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={reset.isPending}>
            Give this password
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FirstPassword value={password} onValueChange={setPassword} error={problems.of('password')} />
        <ErrorBanner error={problems.other} />
      </div>
    </Dialog>
  )
}
