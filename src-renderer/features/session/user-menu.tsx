import { Menu } from '@base-ui/react/menu'
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import {
  ChevronDown,
  CircleUser,
  GraduationCap,
  KeyRound,
  LogOut,
  Monitor,
  Moon,
  RectangleEllipsis,
  Sun,
  UserRound,
  Users,
} from 'lucide-react'
import { roleNames } from '../../base/role-names'
import { useSession } from '../../base/session'
import { setTheme, type Theme, useTheme } from '../../base/theme'
import { useKey, useShortcut } from '../../base/keys'
import { Kbd } from '../../components/kbd'
import { keysOf } from '../../base/key-names'
import { ChangePasswordDialog } from './change-password-dialog'
import { PracticeDialog } from './practice-dialog'
import { leavePractice, signOut } from './session-api'
import { SetPinDialog } from './set-pin-dialog'
import { SwitchUserDialog } from './switch-user-dialog'

type Open = 'switch' | 'pin' | 'password' | 'practice' | null

const item = 'flex h-9 cursor-default items-center gap-2.5 rounded-sm px-2.5 text-base outline-none data-highlighted:bg-hover'
const themes: readonly { value: Theme; label: string; icon: typeof Sun }[] = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
]

/** Who is at the counter, and what is theirs: switch, PIN, password, look, sign out. */
export function UserMenu() {
  const { user, status } = useSession()
  const [open, setOpen] = useState<Open>(null)
  const close = (): void => setOpen(null)
  const navigate = useNavigate()
  // Opened inside the header, so that the menu belongs to a landmark.
  const [host, setHost] = useState<HTMLElement | null>(null)
  useShortcut('switch-user', () => setOpen('switch'), { everywhere: true })
  const practise = (): void => (status.practice ? void leavePractice() : setOpen('practice'))
  const inPalette = { keys: '', everywhere: true }
  useKey({ ...inPalette, title: user.hasPin ? 'Change my PIN' : 'Set my PIN', run: () => setOpen('pin') })
  useKey({ ...inPalette, title: 'Change my password', run: () => setOpen('password') })
  useKey({ ...inPalette, title: status.practice ? 'Leave practice' : 'Practice…', run: practise })
  useKey({ ...inPalette, title: 'Sign out', run: () => void signOut() })
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="flex h-control items-center gap-2 rounded-md px-2 text-left hover:bg-hover">
          <UserRound size={18} className="text-muted md:hidden" aria-hidden="true" />
          <span className="leading-tight max-md:sr-only">
            <span className="block max-w-40 truncate font-medium">{`${user.firstName} ${user.lastName}`}</span>
            <span className="block text-xs text-muted">{roleNames[user.role]}</span>
          </span>
          <ChevronDown size={14} className="text-muted" aria-hidden="true" />
        </Menu.Trigger>
        <Menu.Portal container={host}>
          <Menu.Positioner sideOffset={4} align="end" className="z-50 outline-none">
            <Menu.Popup className="max-h-(--available-height) min-w-60 overflow-y-auto rounded-md border border-line bg-surface p-1 text-ink shadow-pop outline-none">
              <Menu.Item className={item} onClick={() => setOpen('switch')}>
                <Users size={16} aria-hidden="true" /> <span className="flex-1">Switch user</span> <Kbd keys={keysOf('switch-user')} />
              </Menu.Item>
              <Menu.Item className={item} onClick={() => void navigate({ to: '/account' })}>
                <CircleUser size={16} aria-hidden="true" /> My account
              </Menu.Item>
              <Menu.Item className={item} onClick={() => setOpen('pin')}>
                <RectangleEllipsis size={16} aria-hidden="true" /> {user.hasPin ? 'Change my PIN' : 'Set my PIN'}
              </Menu.Item>
              <Menu.Item className={item} onClick={() => setOpen('password')}>
                <KeyRound size={16} aria-hidden="true" /> Change my password
              </Menu.Item>
              <Menu.Item className={item} onClick={practise}>
                <GraduationCap size={16} aria-hidden="true" /> {status.practice ? 'Leave practice' : 'Practice…'}
              </Menu.Item>
              <Menu.Separator className="my-1 border-t border-line" />
              <ThemeChoice />
              <Menu.Separator className="my-1 border-t border-line" />
              <Menu.Item className={item} onClick={() => void signOut()}>
                <LogOut size={16} aria-hidden="true" /> Sign out
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <div ref={setHost} />
      {open === 'switch' && <SwitchUserDialog onClose={close} />}
      {open === 'practice' && <PracticeDialog onClose={close} />}
      {open === 'pin' && <SetPinDialog onClose={close} />}
      {open === 'password' && <ChangePasswordDialog onClose={close} />}
    </>
  )
}

function ThemeChoice() {
  const theme = useTheme()
  return (
    <Menu.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)} aria-label="Colours">
      {themes.map(({ value, label, icon: Icon }) => (
        <Menu.RadioItem key={value} value={value} className={item} closeOnClick={false}>
          <Icon size={16} aria-hidden="true" /> <span className="flex-1">{label}</span>
          <Menu.RadioItemIndicator className="size-2 rounded-full bg-accent" />
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}
