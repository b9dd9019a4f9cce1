import { configDefaults, defineConfig } from 'vitest/config'

const databaseTests = ['**/*.db.test.ts']
const elsewhere = [...configDefaults.exclude, '.next/**', '.data*/**', 'e2e/**']

export default defineConfig({
  test: {
    pool: 'forks',
    env: {
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      SOUK_SECRET: 'a secret that only the tests of this checkout know',
    },
    setupFiles: ['scripts/test-seed.ts'],
    expect: { poll: { timeout: 30_000 } },
    // They end what hangs, and say nothing of what is slow: a shared machine may be given to others most of the time.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...elsewhere, ...databaseTests],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: databaseTests,
          exclude: elsewhere,
          // Some measure, and some load the machine as they need it: nothing runs beside them.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          globalSetup: ['scripts/test-server.ts'],
        },
      },
    ],
  },
})
