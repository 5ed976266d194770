import { z } from 'zod'

// zod compiles parsers with `new Function` when it may; the content security policy forbids it, and even the attempt is a reported violation.
// Imported before anything of the contract, because schemas are built while modules load.
z.config({ jitless: true })
