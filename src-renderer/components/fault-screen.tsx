import { Button } from './button'
import { ErrorBanner } from './error-banner'
import { Page } from './page'

/** A screen that broke: what was stored is safe, and there is a way on. */
export function FaultScreen({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <Page title="This screen stopped working">
      <p className="max-w-xl text-muted">
        What was stored is safe. Try the screen again; if it keeps stopping, go back to Today (F6) and tell us what you did.
      </p>
      <ErrorBanner error={error} />
      <div>
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      </div>
    </Page>
  )
}
