import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleOff, Lock, UserPlus } from 'lucide-react'
import type { UserRow } from '../../../src-preload/contract/users'
import { type Format, useFormat } from '../../base/format'
import { useSoughtField } from '../../base/field-place'
import { useKey } from '../../base/keys'
import { roleNames } from '../../base/role-names'
import { useSession } from '../../base/session'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { type Column, DataTable } from '../../components/data-table'
import { ErrorBanner } from '../../components/error-banner'
import { ScreenProgress } from '../../components/spinner'
import { StatusBadge } from '../../components/status-badge'
import { PersonDialog } from './person-dialog'
import { usersQuery } from './settings-api'

/** Who works here, and what they may do. */
export function PeopleTab() {
  const { data: users, error } = useQuery(usersQuery)
  const { user: me } = useSession()
  const format = useFormat()
  // Come for a certification number: it is that of the first mechanic without one.
  const isSought = useSoughtField() === 'certificationNumber'
  const sought = isSought
    ? users?.find((user) => user.isActive && user.role === 'technician' && user.certificationNumber === '')
    : undefined
  const [chosen, setEdited] = useState<UserRow | 'new' | null>()
  const edited = chosen === undefined ? sought : chosen
  useKey({ keys: 'n', title: 'New person', run: () => setEdited('new') })
  if (error) return <ErrorBanner error={error} />
  if (!users) return <ScreenProgress />
  return (
    <Card
      title="People"
      actions={
        <Button size="small" icon={<UserPlus size={14} aria-hidden="true" />} keys="n" onClick={() => setEdited('new')}>
          New person
        </Button>
      }
    >
      <DataTable label="People" columns={columnsFor(me.id, format)} rows={users} rowKey={(user) => user.id} onOpen={setEdited} />
      {edited && (
        <PersonDialog {...(edited === 'new' ? {} : { user: edited })} isSought={edited === sought} onClose={() => setEdited(null)} />
      )}
    </Card>
  )
}

function columnsFor(myId: string, format: Format): readonly Column<UserRow>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      cell: (user) => (
        <span className="font-medium">
          {user.firstName} {user.lastName}
          {user.id === myId && <span className="font-normal text-muted"> (you)</span>}
        </span>
      ),
    },
    { key: 'email', header: 'E-mail', cell: (user) => <span className="break-all text-muted">{user.email}</span>, width: 'min-w-48' },
    { key: 'role', header: 'Role', cell: (user) => roleNames[user.role], width: 'w-36' },
    { key: 'approves', header: 'Approves', cell: (user) => (user.canApprove || user.role === 'owner' ? 'Yes' : '–'), width: 'w-24' },
    { key: 'pin', header: 'PIN', cell: (user) => (user.hasPin ? 'Set' : 'Not set'), width: 'w-24' },
    { key: 'last', header: 'Last sign-in', cell: (user) => (user.lastLoginAt ? format.soon(user.lastLoginAt) : 'never'), width: 'w-40' },
    { key: 'state', header: 'State', cell: (user) => <PersonState user={user} />, width: 'w-32' },
  ]
}

function PersonState({ user }: { user: UserRow }) {
  if (!user.isActive)
    return (
      <StatusBadge tone="calm" icon={CircleOff}>
        Deactivated
      </StatusBadge>
    )
  if (user.lockedOut)
    return (
      <StatusBadge tone="warn" icon={Lock}>
        Locked out
      </StatusBadge>
    )
  return (
    <StatusBadge tone="good" icon={CircleCheck}>
      Active
    </StatusBadge>
  )
}
