import { Page } from './page'

export function NotFoundScreen() {
  return (
    <Page title="There is no such screen">
      <p className="text-muted">Go back to Today (F6), or find what you are looking for (F3).</p>
    </Page>
  )
}
