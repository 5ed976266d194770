import type { ReactNode } from 'react'
import { useNavigate } from '@tanstack/react-router'
import type { SessionUser } from '../../../src-preload/contract/session'
import { KeyRound, RectangleEllipsis } from 'lucide-react'
import { useBack } from '../../base/keys'
import { roleNames } from '../../base/role-names'
import { useSession } from '../../base/session'
import { setTheme, type Theme, useTheme } from '../../base/theme'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Fact } from '../../components/fact'
import { Field } from '../../components/field'
import { Page } from '../../components/page'
import { Select } from '../../components/select'
import { roleHints } from './person-draft'

const themeChoices = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { value: Theme; label: string }[]

export interface AccountScreenProps {
  /** the dialogs belong to the area of the session; routes.tsx brings them together */
  onPassword: () => void
  onPin: () => void
}

/** What everybody has of their own: password, PIN, colours of the screen. */
export function AccountScreen({ onPassword, onPin }: AccountScreenProps) {
  const { user } = useSession()
  const theme = useTheme()
  const navigate = useNavigate()
  useBack(() => void navigate({ to: '/' }), 'Today')
  return (
    <Page title="My account">
      <div className="flex max-w-2xl flex-col gap-4">
        <Card title={`${user.firstName} ${user.lastName}`}>
          <dl>
            <Fact label="Role">{roleNames[user.role]}</Fact>
          </dl>
          <p className="mt-1 text-sm text-muted">{roleHints[user.role]}</p>
        </Card>
        <Card title="Sign-in">
          <div className="flex flex-col gap-4">
            <Row
              text="Password"
              hint="To sign in with, once a day on each PC."
              action={
                <Button icon={<KeyRound size={16} aria-hidden="true" />} onClick={onPassword}>
                  Change password
                </Button>
              }
            />
            <Row
              text={user.hasPin ? 'PIN is set' : 'No PIN yet'}
              hint={pinHint(user)}
              action={
                <Button icon={<RectangleEllipsis size={16} aria-hidden="true" />} onClick={onPin}>
                  {user.hasPin ? 'Change PIN' : 'Set PIN'}
                </Button>
              }
            />
          </div>
        </Card>
        <Card title="This screen">
          <Field label="Colours" className="max-w-60">
            <Select value={theme} onValueChange={setTheme} choices={themeChoices} />
          </Field>
        </Card>
      </div>
    </Page>
  )
}

/** An owner's PIN approves what is above somebody's limit. */
function pinHint({ hasPin, role }: SessionUser): string {
  const use = 'Six digits that open the locked screen and switch users.'
  return !hasPin && role === 'owner' ? `${use} Without one you cannot approve what is above somebody’s limit.` : use
}

function Row({ text, hint, action }: { text: string; hint: string; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <div>
        <p className="font-medium">{text}</p>
        <p className="text-sm text-muted">{hint}</p>
      </div>
      {action}
    </div>
  )
}
