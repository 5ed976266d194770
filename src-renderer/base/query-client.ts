import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { CallError } from './errors'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: CallError
  }
}

/** Somebody else is at this station now, or nobody: the session decides again which screen there is. */
const SESSION_CODES = new Set(['SIGNED_OUT', 'SCREEN_LOCKED', 'SETUP_NEEDED'])

function onError(error: unknown): void {
  if (error instanceof CallError && SESSION_CODES.has(error.code)) void queryClient.invalidateQueries({ queryKey: ['session'] })
}

/**
 * The only place of server data. It never thinks in networks (the database is next door, with or without the internet) and never repeats a
 * call by itself; live changes say when something is out of date, so that data may stay for minutes.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: 60_000,
      gcTime: 24 * 60 * 60_000, // a screen that was locked over lunch shows at once what it showed
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
