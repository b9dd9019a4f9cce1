import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from './scripts/browser.ts'

const port = process.env.E2E_PORT ?? '4390'
const url = `http://localhost:${port}`
// The server's, and the tests' that look into its database.
process.env.DATA_DIR = join(tmpdir(), `souk-e2e-${port}`)

/** Chromium says nothing to anybody but the server under test. */
const quiet = ['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // A shared machine may be given to others most of the time; what has to be quick says so by `expectWithin`.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: url,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findBrowser(),
      args: [...quiet, '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
  projects: [{ name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 900 } } }],
  webServer: {
    command: 'node e2e/serve.ts',
    url,
    // The first start on a clean checkout builds the site and fills the market.
    timeout: 8 * 60_000,
    gracefulShutdown: { signal: 'SIGINT', timeout: 10_000 },
    stdout: 'pipe',
    env: {
      NODE_ENV: 'production',
      PORT: port,
      // Empty counts as unset, and keeps what a .env says out.
      DATABASE_URL: '',
      PUBLIC_URL: '',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      RATE_LIMIT_FACTOR: '1000',
    },
  },
})
