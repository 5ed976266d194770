import type { App, Session, WebContents } from 'electron'
import type { Log } from '../base/log'
import { isAllowedRequest, originOf } from './origin'

/** Nothing a page could ask the system for is granted, and nothing but the program's own files is fetched. */
export function closeSession(session: Session, { origin, isPackaged, log }: { origin: string; isPackaged: boolean; log: Log }): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isAllowedRequest(details.url, origin, isPackaged)
    if (cancel) log.warn({ origin: originOf(details.url), resourceType: details.resourceType }, 'request refused')
    answer({ cancel })
  })
}

/** Every page that ever exists in this process, whoever made it: it stays where it is and opens nothing. */
export function guardAllContents(app: Pick<App, 'on'>, origin: string, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, origin, log))
}

function guardContents(contents: WebContents, origin: string, log: Log): void {
  const stay = (details: { url: string; preventDefault(): void }): void => {
    if (originOf(details.url) === origin) return
    details.preventDefault()
    log.warn({ origin: originOf(details.url) }, 'navigation refused')
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    log.warn({ origin: originOf(url) }, 'new window refused')
    return { action: 'deny' }
  })
}
