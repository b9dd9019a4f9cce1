import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SCENARIOS = 'e2e/fixtures/scenarios'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-scenarios-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The command as a person runs it. */
async function simulate(...args: string[]) {
  const env = { ...process.env, NODE_OPTIONS: '' }
  const stdio = ['ignore', 'pipe', 'pipe'] as const
  const command = spawn(process.execPath, ['cli/souk.ts', 'simulate', ...args], { env, stdio: [...stdio] })
  const said = { out: '', err: '' }
  command.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  command.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const [code] = (await once(command, 'close')) as [number]
  return { code, ...said }
}

const sorted = (text: string) => text.trim().split('\n').toSorted().join('\n')

test.concurrent.each([
  ['01', 'poll'],
  ['02', 'poll'],
  ['03', 'poll'],
  ['03', 'waitlist'],
])(
  'scenario %s, waiting by %s, comes to its reference output, and every piece is accounted for',
  async (number, wait) => {
    const { code, out, err } = await simulate(`${SCENARIOS}/${number}.json`, '--wait', wait)
    expect(sorted(out)).toBe(sorted(await readFile(`${SCENARIOS}/${number}.expected.txt`, 'utf8')))
    expect(err).toContain('✓ Stock and money add up')
    expect(err).toMatch(/✓ \d+ pieces made = \d+ bought \+ \d+ left/)
    expect(code).toBe(0)
  },
)

/** Three make the same two things, each with one place on its shelf; eight want several of each and put some back. */
function crowd() {
  const coffee = (name: string) => ({ product_type: 'Coffee', name, price: 1, acidity: 5.5, roast_level: 'LOW' })
  const add = (product: string, quantity: number) => ({ type: 'add', product, quantity })
  const trip = [add('a', 3), { type: 'remove', product: 'a', quantity: 2 }, add('b', 2)]
  return {
    products: { a: coffee('A'), b: coffee('B') },
    producers: ['a', 'b', 'a', 'b', 'a', 'b'].map((id, index) => ({
      ...{ name: `prod${index}`, products: [[id, 1, 0.01]], republish_wait_time: 0.02 },
    })),
    consumers: Array.from({ length: 8 }, (_, index) => ({
      ...{ name: `cons${index}`, retry_wait_time: 0.05, carts: [trip, trip] },
    })),
    marketplace: { queue_size_per_producer: 1 },
  }
}

test.concurrent('who makes what others make too shares the buyers, whoever waits in whose line', async () => {
  const file = join(folder, 'crowd.json')
  await writeFile(file, JSON.stringify(crowd()))
  const { code, out } = await simulate(file, '--wait', 'waitlist', '--json')
  const { purchases, ...figures } = JSON.parse(out) as { purchases: string[] }
  const each = (name: string) => `Coffee(name='${name}', price=1, acidity=5.5, roast_level='LOW')`
  const expected = Array.from({ length: 8 }, (_, index) =>
    ['A', 'B', 'B', 'A', 'B', 'B'].map((name) => `cons${index} bought ${each(name)}`),
  )
  expect(purchases.toSorted()).toEqual(expected.flat().toSorted())
  expect(figures).toMatchObject({ bought: 48, waiting: [], audit: 'clean' })
  expect(code).toBe(0)
})

test.concurrent('what nobody can get any more is given up, and said', async () => {
  const file = join(folder, 'stuck.json')
  const scenario = JSON.parse(await readFile(`${SCENARIOS}/01.json`, 'utf8')) as ReturnType<typeof crowd>
  await writeFile(file, JSON.stringify({ ...scenario, marketplace: { queue_size_per_producer: 1 } }))
  const { code, err } = await simulate(file, '--timeout', '3')
  expect([code, err]).toEqual([1, expect.stringContaining('✗ Given up: cons1 waits for id1.')])
})
