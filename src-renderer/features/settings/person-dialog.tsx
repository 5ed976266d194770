import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { Role } from '../../../src-preload/contract/permissions'
import { Password } from '../../../src-preload/contract/session'
import type { UserRow } from '../../../src-preload/contract/users'
import { newId } from '../../base/new-id'
import { roleNames } from '../../base/role-names'
import { useSession } from '../../base/session'
import { useProblems } from '../../base/use-problems'
import { Button } from '../../components/button'
import { Checkbox } from '../../components/checkbox'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { showToast } from '../../components/toast'
import { FirstPassword } from './first-password'
import { draftOf, type PersonDraft, problemsOf, roleHints } from './person-draft'
import { ResetPasswordDialog } from './reset-password-dialog'
import { createUser, updateUser } from './settings-api'

const roleChoices = Role.options.map((role) => ({ value: role, label: roleNames[role] }))

function passwordProblem(password: string): Readonly<Record<string, string>> {
  const issue = Password.safeParse(password).error?.issues[0]
  return issue ? { password: issue.message } : {}
}

/** A person of the shop: name, sign-in, role, who approves; for a new one also the first password. */
export function PersonDialog({ user, onClose }: { user?: UserRow; onClose: () => void }) {
  const [userId] = useState(() => user?.id ?? newId())
  const [draft, setDraft] = useState(() => draftOf(user))
  const [password, setPassword] = useState('')
  const [resets, setResets] = useState(false)
  const save = useMutation({
    mutationFn: () => {
      const { isActive, ...fields } = draft
      return user ? updateUser({ userId, ...fields, isActive }) : createUser({ userId, ...fields, password })
    },
    onSuccess: (saved) => {
      showToast(`${saved.firstName} ${saved.lastName} saved`)
      onClose()
    },
  })
  const found = { ...problemsOf(draft), ...(user ? {} : passwordProblem(password)) }
  const problems = useProblems(found, save.error)
  const submit = (): void => {
    problems.show()
    if (Object.keys(found).length === 0 && !save.isPending) save.mutate()
  }
  if (user && resets) return <ResetPasswordDialog user={user} onClose={() => setResets(false)} />
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title={user ? `${user.firstName} ${user.lastName}` : 'New person'}
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            Save person
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <PersonFields draft={draft} onDraft={(change) => setDraft({ ...draft, ...change })} problemOf={problems.of} />
        <RightsFields
          draft={draft}
          onDraft={(change) => setDraft({ ...draft, ...change })}
          problemOf={(name) => (name === 'role' && save.error?.code === 'LAST_OWNER' ? save.error.message : problems.of(name))}
          {...(user ? { userId: user.id } : {})}
        />
        {user ? (
          <ResetPassword userId={user.id} onReset={() => setResets(true)} />
        ) : (
          <FirstPassword value={password} onValueChange={setPassword} error={problems.of('password')} />
        )}
        {save.error?.code !== 'LAST_OWNER' && <ErrorBanner error={problems.other} />}
      </div>
    </Dialog>
  )
}

interface FieldsProps {
  draft: PersonDraft
  onDraft: (change: Partial<PersonDraft>) => void
  problemOf: (name: string) => string | undefined
}

function PersonFields({ draft, onDraft, problemOf }: FieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-4">
      <Field label="First name" required error={problemOf('firstName')}>
        <TextInput value={draft.firstName} onValueChange={(firstName) => onDraft({ firstName })} />
      </Field>
      <Field label="Last name" required error={problemOf('lastName')}>
        <TextInput value={draft.lastName} onValueChange={(lastName) => onDraft({ lastName })} />
      </Field>
      <Field label="E-mail" required hint="To sign in with." error={problemOf('email')}>
        <TextInput type="email" value={draft.email} onValueChange={(email) => onDraft({ email })} />
      </Field>
      <Field label="Phone" error={problemOf('phone')}>
        <TextInput type="tel" value={draft.phone} onValueChange={(phone) => onDraft({ phone })} />
      </Field>
    </div>
  )
}

function RightsFields({ draft, onDraft, problemOf, userId }: FieldsProps & { userId?: string }) {
  const isMe = useSession().user.id === userId
  return (
    <div className="flex flex-col gap-3">
      <Field
        label="Role"
        hint={isMe ? 'Another owner has to change your own role or access.' : roleHints[draft.role]}
        error={problemOf('role')}
      >
        <Select value={draft.role} onValueChange={(role) => onDraft({ role })} choices={roleChoices} disabled={isMe} />
      </Field>
      {draft.role !== 'owner' && (
        <Checkbox
          label="May approve with their PIN"
          hint="What is above somebody's limits: discounts, prices, voids."
          checked={draft.canApprove}
          onCheckedChange={(canApprove) => onDraft({ canApprove })}
        />
      )}
      {userId && (
        <Checkbox
          label="Works here"
          hint="Without it nobody can sign in as this person; everything they did stays."
          checked={draft.isActive}
          onCheckedChange={(isActive) => onDraft({ isActive })}
          disabled={isMe}
        />
      )}
    </div>
  )
}

function ResetPassword({ userId, onReset }: { userId: string; onReset: () => void }) {
  const isMe = useSession().user.id === userId
  if (isMe) return <p className="text-sm text-muted">Your own password and PIN are under your name, above on the right.</p>
  return (
    <Button className="self-start" icon={<KeyRound size={16} aria-hidden="true" />} onClick={onReset}>
      Give a new password
    </Button>
  )
}
