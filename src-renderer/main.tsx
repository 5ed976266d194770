import './base/zod-without-eval'
import './styles/base.css'

// Imported when the first line has run: only so is it sure, however the build cuts its chunks, that no schema is made before it.
const { startApp } = await import('./app')
await startApp()
