import { openBrowser, type TestBrowser } from './test-browser.ts'

/** The process of a `Crowd`: opens browsers, cuts them and says how they are. Ends with its parent. */

export interface CrowdState {
  readonly browsers: number
  /** Connected, and with a snapshot on that connection. */
  readonly caughtUp: number
  readonly failures: number
  /** How long each was without after the last storm, in milliseconds. */
  readonly waits: readonly number[]
  readonly versions: readonly number[]
}

/** Handshakes under way at once while browsers are opened. */
const AT_ONCE = 50

const [url = '', productId = ''] = process.argv.slice(2)
const browsers: TestBrowser[] = []

process.on('disconnect', () => process.exit())
process.on('message', ([order, value = 0]: [string, number?]) => {
  const work = order === 'open' ? open(value) : order === 'storm' ? storm() : Promise.resolve()
  void work.then(() => process.send?.(state()))
})

async function open(count: number): Promise<void> {
  const missing = new Set<TestBrowser>()
  for (let left = count; left > 0 || missing.size > 0;) {
    for (; left > 0 && missing.size < AT_ONCE; left--) {
      const browser = openBrowser(url, productId)
      browsers.push(browser)
      missing.add(browser)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
    for (const browser of missing) if (browser.caughtUpAt > 0) missing.delete(browser)
  }
}

async function storm(): Promise<void> {
  const known = browsers.map(({ waits }) => waits.length)
  for (const browser of browsers) browser.breakOff()
  while (browsers.some(({ waits }, index) => waits.length === known[index])) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function state(): CrowdState {
  return {
    browsers: browsers.length,
    caughtUp: browsers.filter(({ caughtUpAt, brokeAt }) => caughtUpAt > brokeAt).length,
    failures: browsers.reduce((total, { failures }) => total + failures, 0),
    waits: browsers.flatMap(({ waits }) => waits.at(-1) ?? []),
    versions: [...new Set(browsers.map(({ shown }) => shown?.version ?? -1))],
  }
}
