import './base/trusted-types'
import './base/zod-without-eval'
import './styles/base.css'

// Imported when the first lines have run: only so is it sure, however the build cuts its chunks, that no schema is made before them.
const { startApp } = await import('./app')
await startApp()
