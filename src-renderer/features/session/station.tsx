import { Activity, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { SessionStatus } from '../../../src-preload/contract/session'
import { useConnectionState } from '../../base/connection'
import { useLiveChanges } from '../../base/live-changes'
import { sessionQuery } from '../../base/session'
import { ErrorBanner } from '../../components/error-banner'
import { ScreenProgress } from '../../components/spinner'
import { ApprovalProvider } from './approval-provider'
import { Entrance } from './entrance'
import { FirstPasswordScreen } from './first-password-screen'
import { LockScreen } from './lock-screen'
import { PracticeFrame } from './practice-frame'
import { SetUpScreen } from './set-up-screen'
import { SignInForm } from './sign-in-form'
import { useAutoLock } from './use-auto-lock'

/** Who is at this station decides what there is to see. `children`, the counter, exists only while somebody is signed in. */
export function Station({ children }: { children: ReactNode }) {
  const connection = useConnectionState()
  const { data: status, error, refetch } = useQuery(sessionQuery)
  useLiveChanges(status?.stage === 'open' || status?.stage === 'locked')
  if (connection === 'refused') {
    return (
      <Entrance
        title="Open the link the program printed."
        lead="This browser does not know the program yet. Start it and open the link it prints; each link works once."
      >
        {null}
      </Entrance>
    )
  }
  if (!status) {
    if (!error) return <ScreenProgress label="Starting…" />
    return (
      <Entrance title="The program does not answer">
        <ErrorBanner error={error} onRetry={() => void refetch()} />
      </Entrance>
    )
  }
  return <Stage status={status}>{children}</Stage>
}

function Stage({ status, children }: { status: SessionStatus; children: ReactNode }) {
  switch (status.stage) {
    case 'setup':
      return <SetUpScreen statesThatRegister={status.statesThatRegister ?? []} />
    case 'signed_out':
      return (
        <Entrance title="Sign in" lead={status.shop?.name}>
          <SignInForm />
        </Entrance>
      )
    case 'locked':
    case 'open':
      if (status.practice) return <PracticeFrame locked={status.stage === 'locked'}>{stageOf(status, children)}</PracticeFrame>
      return stageOf(status, children)
  }
}

function stageOf(status: SessionStatus, children: ReactNode): ReactNode {
  if (status.user?.mustChangePassword && status.stage === 'open') return <FirstPasswordScreen />
  return (
    <>
      {status.stage === 'locked' && <LockScreen status={status} />}
      {/* Hidden, not gone: what was half typed is still there for the person who typed it. */}
      <Activity mode={status.stage === 'locked' ? 'hidden' : 'visible'} key={status.user?.id}>
        <OpenStation status={status}>{children}</OpenStation>
      </Activity>
    </>
  )
}

/** Mounted anew for every person, so that nothing half-typed or looked at passes from one to the next. */
function OpenStation({ status, children }: { status: SessionStatus; children: ReactNode }) {
  useAutoLock(status.idleMinutes)
  return <ApprovalProvider>{children}</ApprovalProvider>
}
