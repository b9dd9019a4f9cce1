import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macApps = ['Chromium', 'Google Chrome', 'Microsoft Edge']

/**
 * The Chromium the browser tests run in: CHROMIUM_PATH, the system's, or Playwright's own; undefined when there is none.
 * Refuses: a CHROMIUM_PATH that cannot be run; a person who names a browser wants that one.
 */
export function findBrowser(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (isRunnable(named)) return named
    throw new Error(`CHROMIUM_PATH is ${named}, which cannot be run; name a Chromium or leave it unset.`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...macApps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`),
    chromium.executablePath(),
  ]
  return installed.find(isRunnable)
}

/** Finds a Chromium, or installs one: Playwright's download, else Debian's package when root. Throws a sentence. */
export function requireBrowser(): string {
  const found = findBrowser()
  if (found) return found
  for (const [command, ...args] of installers()) {
    console.log(`No Chromium on this machine; trying: ${[command, ...args].join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env, timeout: 600_000 })
    const installed = status === 0 ? findBrowser() : undefined
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need a Chromium: install one ("npx playwright install chromium", or your system\'s package), ' +
      'or set CHROMIUM_PATH to the one you have.',
  )
}

function installers(): [string, ...string[]][] {
  const isRoot = process.getuid?.() === 0
  return [
    ['npx', 'playwright', 'install', 'chromium'],
    ...(isRoot ? [['sh', '-c', 'apt-get update && apt-get install -y chromium'] as [string, ...string[]]] : []),
  ]
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

if (import.meta.main) {
  try {
    console.log(requireBrowser())
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
