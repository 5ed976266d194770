import { useRouter } from '@tanstack/react-router'

/** One step back: where one came from, or Today when the program was opened on this very screen. */
export function useGoBack(): () => void {
  const router = useRouter()
  return () => {
    if (router.history.canGoBack()) router.history.back()
    else void router.navigate({ to: '/' })
  }
}
