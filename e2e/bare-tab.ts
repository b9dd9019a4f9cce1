import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '../scripts/browser.ts'

/** A tab of a browser that nothing else holds on to: Playwright keeps its own from ever being hidden, and so from sleeping. */
export interface BareTab {
  /** What an expression comes to in the page. */
  evaluate(expression: string): Promise<unknown>
  /** As a browser does to a tab when the laptop is closed: no timer and no message gets through. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  close(): Promise<void>
}

/** Opens a page in a browser process of its own. */
export async function openBareTab(url: string): Promise<BareTab> {
  const profile = await mkdtemp(join(tmpdir(), 'souk-tab-'))
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [
    '--headless',
    '--remote-debugging-port=0',
    '--no-first-run',
    '--disable-background-networking',
    ...sandbox,
  ]
  const browser = spawn(findBrowser() ?? 'chromium', [...args, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = once(browser, 'exit')
  const close = async () => {
    browser.kill()
    await gone
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  try {
    const send = await attach(await debuggerOf(browser.stderr, url))
    await send('Runtime.enable', {})
    return {
      evaluate: async (expression) => {
        const answer = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
        return (answer.result as { value?: unknown } | undefined)?.value
      },
      freeze: async () => void (await send('Page.setWebLifecycleState', { state: 'frozen' })),
      thaw: async () => void (await send('Page.setWebLifecycleState', { state: 'active' })),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The address of the new tab's debugger, from what the browser prints when it is up. */
async function debuggerOf(output: NodeJS.ReadableStream, url: string): Promise<string> {
  let said = ''
  for await (const chunk of output) {
    said += String(chunk)
    const place = /DevTools listening on ws:\/\/([^/]+)\//.exec(said)?.[1]
    if (!place) continue
    const made = await fetch(`http://${place}/json/new?${encodeURIComponent(url)}`, { method: 'PUT' })
    return ((await made.json()) as { webSocketDebuggerUrl: string }).webSocketDebuggerUrl
  }
  throw new Error(`The browser ended: ${said}`)
}

type Send = (method: string, params: object) => Promise<Record<string, unknown>>

async function attach(address: string): Promise<Send> {
  const line = new WebSocket(address)
  const waiting = new Map<number, (result: Record<string, unknown>) => void>()
  line.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown> }
    if (id !== undefined) waiting.get(id)?.(result ?? {})
  })
  await once(line, 'open')
  let last = 0
  return (method, params) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve)
      line.send(JSON.stringify({ id: last, method, params }))
    })
}
