import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Uses the program's parts, not the program as it was built. */
const WITHOUT_HOST = 'tests/property/amounts-agree.test.ts'
const application = { globalSetup: ['src-main/testing/global-setup.ts'], testTimeout: 180_000, hookTimeout: 180_000 }
const database = { globalSetup: ['src-main/testing/global-setup.ts'], testTimeout: 60_000, hookTimeout: 120_000 }

// Five kinds of tests (README, "Tests"). Retries stay 0: a flaky test is repaired, not repeated.
export default defineConfig({
  test: {
    // Also where there are two processors only: half of a test's time is PostgreSQL's or the disk's. Screens have one worker (below).
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'pure',
          include: ['src-preload/**/*.test.ts', 'src-main/**/*-states.test.ts', 'src-main/**/*.pure.test.ts', 'scripts/**/*.test.mjs'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'main',
          include: ['src-main/**/*.test.ts', 'migrations/**/*.test.ts', WITHOUT_HOST],
          exclude: ['src-main/**/*-states.test.ts', 'src-main/**/*.pure.test.ts'],
          ...database,
        },
      },
      {
        test: {
          name: 'renderer',
          include: ['src-renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['src-renderer/testing/patience.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: { name: 'attacked', include: ['tests/{contract,faults,property}/**/*.test.ts'], exclude: [WITHOUT_HOST], ...application },
      },
      {
        test: { name: 'whole', include: ['tests/e2e/**/*.test.ts'], ...application, fileParallelism: false },
      },
    ],
  },
})
