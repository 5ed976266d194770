import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Grant, Permission } from '../../src-preload/contract/permissions'
import type { SessionStatus, SessionUser } from '../../src-preload/contract/session'
import { setAtCounter } from './at-counter'
import { client } from './client'
import { holdToPlace } from './practice'
import { queryClient } from './query-client'

let last = ''

/** Another person, or nobody: nothing of what the last one saw stays in memory. A locked screen keeps it, hidden, for the one who locked it. */
function forgetOnChange(status: SessionStatus): SessionStatus {
  holdToPlace(status.practice)
  const now = status.user?.id ?? status.stage
  if (now !== last) queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
  last = now
  setAtCounter(status.user?.id ?? '', status.stage === 'locked')
  return status
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => forgetOnChange(await client.session.status({})),
  staleTime: Infinity,
})

/** After sign-in, lock and the like, which answer with the new status. */
export function setSession(status: SessionStatus): void {
  queryClient.setQueryData(sessionQuery.queryKey, forgetOnChange(status))
}

/** Shop and user of an open session; only inside the screens of a signed-in user. */
export function useSession(): { user: SessionUser; shop: NonNullable<SessionStatus['shop']>; status: SessionStatus } {
  const { data } = useQuery(sessionQuery)
  if (!data?.user || !data.shop) throw new Error('useSession outside an open session')
  return { user: data.user, shop: data.shop, status: data }
}

/** What the user's role may do: 'no' = do not offer it. The gate decides in any case. */
export function useGrant(permission: Permission): Grant {
  return useSession().user.grants[permission] ?? 'no'
}
