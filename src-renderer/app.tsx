import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { tellCutText } from './base/cut-text'
import { desktop } from './base/host'
import { useKeyListener } from './base/keys'
import { queryClient } from './base/query-client'
import { useScanListener } from './base/scans'
import { applyTheme } from './base/theme'
import { askBeforeUnload } from './base/unsaved'
import { exchangeLaunchToken } from './base/web-session'
import { ToastArea } from './components/toast'
import { Station } from './features/session/station'
import { router } from './routes'

function App() {
  useScanListener() // first: keys of a scanner are nobody else's
  useKeyListener()
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Station>
          <RouterProvider router={router} />
          <ToastArea />
        </Station>
      </QueryClientProvider>
    </CSPProvider>
  )
}

export async function startApp(): Promise<void> {
  applyTheme()
  askBeforeUnload()
  tellCutText()
  // A link that is used up is not the end: this browser may have its cookie from the first time. The connection finds out.
  if (!desktop) await exchangeLaunchToken()
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
