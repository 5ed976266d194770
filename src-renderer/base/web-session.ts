const TOKEN = /^#token=([\w-]+)$/

/**
 * Exchanges the one-time token of the launch link (`/#token=...`) for the session cookie and takes it out of the address bar and the history.
 * Answers false when the link is used up or wrong; without a token there is nothing to do.
 */
export async function exchangeLaunchToken(): Promise<boolean> {
  const token = TOKEN.exec(location.hash)?.[1]
  if (!token) return true
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  try {
    const answer = await fetch('/session', { method: 'POST', headers: { 'x-counterbay-token': token } })
    return answer.ok
  } catch {
    return false
  }
}
