import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { type APIResponse, type BrowserContext, expect, type Page, test as base } from '@playwright/test'
import { call, createClient } from '#lib/api/client'
import { db, endPools, type Db } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'
import { STARVED, watchPace } from '../scripts/test-pace.ts'

export { expect } from '@playwright/test'

/** Someone with a browser of their own. */
export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
}

/** A visitor who has signed up and in; `api` speaks for them beside the browser, with a token. */
export interface Member extends Visitor {
  readonly name: string
  readonly handle: string
  readonly email: string
  readonly password: string
  readonly api: ReturnType<typeof createClient>
}

interface Fixtures {
  /** What a test provokes on purpose, such as /status of 409/; every other console error or uncaught one fails it. */
  expectedErrors: RegExp[]
  newVisitor: () => Promise<Visitor>
  newMember: (name?: string) => Promise<Member>
  errors: string[]
}

interface WorkerFixtures {
  /** The database of the server under test: this process joins it as another node would, and leaves after its last test. */
  database: Db
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  expectedErrors: [[], { option: true }],

  errors: async ({ expectedErrors }, use) => {
    const errors: string[] = []
    const pace = watchPace()
    await use(errors)
    // A market that is kept waiting itself may say that it is too busy, and is asked again; one that is not may not.
    const expected = pace() > STARVED ? [...expectedErrors, /status of 503/] : expectedErrors
    const unexpected = errors.filter((error) => !expected.some((pattern) => pattern.test(error)))
    expect(unexpected, 'errors in the console of a browser').toEqual([])
  },

  context: async ({ context, errors }, use) => {
    watch(context, errors)
    await use(context)
  },

  database: [
    async ({}, use) => {
      const { url, leave } = await startEmbedded({ dataDir: process.env.DATA_DIR ?? '' })
      process.env.DATABASE_URL = url
      await use(db)
      await endPools()
      await leave()
    },
    { scope: 'worker' },
  ],

  newVisitor: async ({ browser, errors }, use) => {
    const opened: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext()
      opened.push(context)
      watch(context, errors)
      return { context, page: await context.newPage() }
    })
    for (const context of opened) await context.close()
  },

  newMember: async ({ newVisitor, baseURL }, use) => {
    await use(async (name = unique('Member')) => signUp(await newVisitor(), name, baseURL ?? ''))
  },
})

/** A name no other test has: everything a test makes is its own, so that tests run beside each other. */
export function unique(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`
}

/** It comes to hold, and within so many milliseconds of a machine that is not given to others meanwhile. */
export async function expectWithin(ms: number, come: () => Promise<unknown>): Promise<void> {
  const pace = watchPace()
  const begun = performance.now()
  await come()
  expect(performance.now() - begun, `milliseconds, at a pace of ${pace().toFixed(1)}`).toBeLessThan(ms * pace())
}

/** axe finds nothing serious or critical on the page as it stands; a message that fades in is looked at as it ends up. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.evaluate(() => {
    for (const motion of document.getAnimations())
      if (motion.effect?.getTiming().iterations !== Infinity) motion.finish()
  })
  // The title of a page that is drawn for one person may arrive after its body.
  await expect(page).toHaveTitle(/\S/)
  // In the page itself: there is no frame in any, and a page of its own for the sum costs more than the looking.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const found = grave.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`,
  )
  expect(found, `accessibility of ${page.url()}`).toEqual([])
}

/** Makes the member a seller too; returns the shop's handle. */
export async function openShop(member: Member, name = unique('Shop')): Promise<string> {
  const handle = unique('shop')
  const opened = await call(member.api.seller.$post({ json: { name, handle } }))
  expect(opened, 'the opening of a shop').toMatchObject({ ok: true })
  return handle
}

async function signUp(visitor: Visitor, name: string, origin: string): Promise<Member> {
  const { context } = visitor
  const handle = unique('member')
  const account = { name, handle, email: `${handle}@example.org`, password: unique('saffron-lantern') }
  const headers = { origin }
  await requireOk(await context.request.post('/api/v1/accounts', { data: account, headers }))
  const credentials = { login: handle, password: account.password }
  const token = await context.request.post('/api/v1/tokens', {
    data: { ...credentials, name: 'browser test', scopes: ['read', 'buy', 'sell', 'account', 'operate'] },
    headers,
  })
  await requireOk(token)
  const { csrfToken } = (await (await context.request.get('/api/auth/csrf')).json()) as { csrfToken: string }
  const form = { ...credentials, csrfToken, json: 'true' }
  await requireOk(await context.request.post('/api/auth/callback/credentials', { form, headers }))
  const bearer = ((await token.json()) as { token: string }).token
  return { ...visitor, ...account, api: createClient(origin, { authorization: `Bearer ${bearer}` }) }
}

function watch(context: BrowserContext, errors: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => errors.push(error.error().stack ?? String(error.error())))
}

async function requireOk(response: APIResponse): Promise<void> {
  expect(response.ok(), `${response.url()} answered ${response.status()}: ${await response.text()}`).toBe(true)
}
