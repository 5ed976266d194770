import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Password } from '../../../src-preload/contract/session'
import { Button } from '../../components/button'
import { ErrorBanner } from '../../components/error-banner'
import { Entrance } from './entrance'
import { PasswordFields, type PasswordDraft, passwordProblem } from './password-fields'
import { changeMyPassword, signOut } from './session-api'

/** The first password came from somebody else: an own one before anything else. */
export function FirstPasswordScreen() {
  const [draft, setDraft] = useState<PasswordDraft>({ current: '', next: '', again: '' })
  const [shown, setShown] = useState(false)
  const change = useMutation({ mutationFn: changeMyPassword })
  const problem = passwordProblem(draft, Password)
  return (
    <Entrance title="Choose your own password" lead="Your first password was set by somebody else. Choose one that only you know.">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          setShown(true)
          if (!problem && !change.isPending) change.mutate({ currentPassword: draft.current, newPassword: draft.next })
        }}
      >
        <PasswordFields draft={draft} onDraft={setDraft} problem={shown ? problem : undefined} error={change.error} autoFocus />
        <ErrorBanner error={change.error} />
        <Button type="submit" look="primary" size="large" busy={change.isPending}>
          Change password
        </Button>
        <Button look="quiet" onClick={() => void signOut()}>
          Sign out
        </Button>
      </form>
    </Entrance>
  )
}
