import { type Ref, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { Role } from '../../../src-preload/contract/permissions'
import { Password } from '../../../src-preload/contract/session'
import type { UserRow } from '../../../src-preload/contract/users'
import { newId } from '../../base/new-id'
import { roleNames } from '../../base/role-names'
import { useSession } from '../../base/session'
import { type GuardedDraft, useGuardedDraft } from '../../base/use-guarded-draft'
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

/** What is shown beside the field it is about. */
const saidAtField: ReadonlySet<string | undefined> = new Set(['LAST_OWNER', 'EDIT_CONFLICT'])

function passwordProblem(password: string): Readonly<Record<string, string>> {
  const issue = Password.safeParse(password).error?.issues[0]
  return issue ? { password: issue.message } : {}
}

export interface PersonDialogProps {
  user?: UserRow
  /** for the certification number: it has the focus first */
  isSought: boolean
  onClose: () => void
}

/** A person of the shop: name, sign-in, role, who approves; for a new one also the first password. */
export function PersonDialog({ user, isSought, onClose }: PersonDialogProps) {
  const certification = useRef<HTMLInputElement>(null)
  const [userId] = useState(() => user?.id ?? newId())
  const form = useGuardedDraft(draftOf(user))
  const { draft } = form
  const [password, setPassword] = useState('')
  const [resets, setResets] = useState(false)
  const save = useMutation({
    mutationFn: () => {
      const { isActive: _, ...fields } = draft
      return user ? updateUser({ userId, ...form.edit() }) : createUser({ userId, ...fields, password })
    },
    onError: form.refused,
    onSuccess: (saved) => {
      showToast(`${saved.firstName} ${saved.lastName} saved`)
      onClose()
    },
  })
  const found = { ...problemsOf(draft), ...(user ? {} : passwordProblem(password)) }
  const problems = useProblems(found, save.error)
  const submit = (): void => {
    problems.show()
    if (Object.keys(found).length === 0 && !form.hasConflict && !save.isPending) save.mutate()
  }
  if (user && resets) return <ResetPasswordDialog user={user} onClose={() => setResets(false)} />
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title={user ? `${user.firstName} ${user.lastName}` : 'New person'}
      keepOpen
      {...(isSought ? { initialFocus: certification } : {})}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={form.hasConflict}>
            Save person
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <PersonFields form={form} problemOf={problems.of} certification={certification} />
        <RightsFields
          form={form}
          problemOf={(name) => (name === 'role' && save.error?.code === 'LAST_OWNER' ? save.error.message : problems.of(name))}
          {...(user ? { userId: user.id } : {})}
        />
        {user ? (
          <ResetPassword userId={user.id} onReset={() => setResets(true)} />
        ) : (
          <FirstPassword value={password} onValueChange={setPassword} error={problems.of('password')} />
        )}
        {!saidAtField.has(problems.other?.code) && <ErrorBanner error={problems.other} />}
      </div>
    </Dialog>
  )
}

interface FieldsProps {
  form: GuardedDraft<PersonDraft>
  problemOf: (name: string) => string | undefined
}

function PersonFields({
  form: { draft, change, conflictOf },
  problemOf,
  certification,
}: FieldsProps & { certification: Ref<HTMLInputElement> }) {
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-4">
      <Field label="First name" required error={problemOf('firstName')} conflict={conflictOf('firstName')}>
        <TextInput value={draft.firstName} onValueChange={(firstName) => change({ firstName })} />
      </Field>
      <Field label="Last name" required error={problemOf('lastName')} conflict={conflictOf('lastName')}>
        <TextInput value={draft.lastName} onValueChange={(lastName) => change({ lastName })} />
      </Field>
      <Field label="E-mail" required hint="To sign in with." error={problemOf('email')} conflict={conflictOf('email')}>
        <TextInput type="email" value={draft.email} onValueChange={(email) => change({ email })} />
      </Field>
      <Field label="Phone" error={problemOf('phone')} conflict={conflictOf('phone')}>
        <TextInput type="tel" value={draft.phone} onValueChange={(phone) => change({ phone })} />
      </Field>
      <Field
        label="Certification number"
        hint="Of a mechanic, where the state gives one; printed on the invoice where the law wants it."
        error={problemOf('certificationNumber')}
        conflict={conflictOf('certificationNumber')}
        className="col-span-2"
      >
        <TextInput
          ref={certification}
          value={draft.certificationNumber}
          onValueChange={(certificationNumber) => change({ certificationNumber })}
        />
      </Field>
    </div>
  )
}

function RightsFields({ form: { draft, change, conflictOf }, problemOf, userId }: FieldsProps & { userId?: string }) {
  const isMe = useSession().user.id === userId
  return (
    <div className="flex flex-col gap-3">
      <Field
        label="Role"
        hint={isMe ? 'Another owner has to change your own role or access.' : roleHints[draft.role]}
        error={problemOf('role')}
        conflict={conflictOf('role')}
        showTheirs={(theirs) => roleNames[theirs as Role]}
      >
        <Select value={draft.role} onValueChange={(role) => change({ role })} choices={roleChoices} disabled={isMe} />
      </Field>
      {(draft.role !== 'owner' || conflictOf('canApprove')) && (
        <Checkbox
          label="May approve with their PIN"
          hint="What is above somebody's limits: discounts, prices, voids."
          checked={draft.canApprove}
          onCheckedChange={(canApprove) => change({ canApprove })}
          conflict={conflictOf('canApprove')}
        />
      )}
      {userId && (
        <Checkbox
          label="Works here"
          hint="Without it nobody can sign in as this person; everything they did stays."
          checked={draft.isActive}
          onCheckedChange={(isActive) => change({ isActive })}
          conflict={conflictOf('isActive')}
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
