import { configure } from '@testing-library/react'

// A condition is waited for, and a busy machine may take its time; what never comes true still fails.
configure({ asyncUtilTimeout: 10_000 })
