import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Uses the program's parts, not the program as it was built. */
const WITHOUT_HOST = 'tests/property/amounts-agree.test.ts'
/** Screens and hosts that nobody waits for: they need no machine of their own. */
const NOT_TIMED = ['electron-*', 'screens-axe', 'typed-text', 'empty-shop', 'people'].map((name) => `tests/e2e/${name}.test.ts`)
/** Making a document takes half a second: what decides without one is tested without one. */
const WITH_DOCUMENT = ['src-renderer/**/*.test.tsx', 'src-renderer/**/*.dom.test.ts']
const application = { globalSetup: ['src-main/testing/global-setup.ts'], testTimeout: 180_000, hookTimeout: 180_000 }
const database = { globalSetup: ['src-main/testing/global-setup.ts'], testTimeout: 60_000, hookTimeout: 120_000 }

/** What kills and waits goes first, or all others are done and wait for it. */
class KillingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kills = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('kill-everywhere.test.ts')
    return (await super.sort(files)).toSorted((one, other) => Number(kills(other)) - Number(kills(one)))
  }
}

// Tests of the program's own parts share what they import: loading it anew for each of 150 files took 40 s. Screens need a page of their own.
// Six kinds of tests (README, "Tests"). Retries stay 0: a flaky test is repaired, not repeated.
export default defineConfig({
  test: {
    // Also where there are two processors only: half of a test's time is PostgreSQL's or the disk's. The counter has one worker (below).
    sequence: { sequencer: KillingFirst },
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'pure',
          include: [
            'src-preload/**/*.test.ts',
            'src-main/**/*-states.test.ts',
            'src-main/**/*.pure.test.ts',
            'src-renderer/**/*.test.ts',
            'scripts/**/*.test.mjs',
          ],
          exclude: WITH_DOCUMENT,
          testTimeout: 60_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'main',
          include: ['src-main/**/*.test.ts', 'migrations/**/*.test.ts', WITHOUT_HOST],
          exclude: ['src-main/**/*-states.test.ts', 'src-main/**/*.pure.test.ts'],
          isolate: false,
          ...database,
        },
      },
      {
        test: {
          name: 'renderer',
          include: WITH_DOCUMENT,
          environment: 'jsdom',
          setupFiles: ['src-renderer/testing/patience.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'whole',
          include: ['tests/{contract,faults,property}/**/*.test.ts', ...NOT_TIMED],
          exclude: [WITHOUT_HOST],
          ...application,
        },
      },
      {
        test: { name: 'counter', include: ['tests/e2e/**/*.test.ts'], exclude: NOT_TIMED, ...application, fileParallelism: false },
      },
    ],
  },
})
