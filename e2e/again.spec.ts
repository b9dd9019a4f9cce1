import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endPools } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'
import { listImbalances } from '../scripts/test-market.ts'
import { startTestNode, type TestNode } from '../scripts/test-node.ts'
import { expect, test } from './fixtures.ts'

test('what was held and counted outlives every stop, kill and crash of nodes and database', async ({ request }) => {
  test.setTimeout(150_000)
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-again-'))
  await chmod(dataDir, 0o755)
  try {
    const first = await startTestNode({ DATA_DIR: dataDir, DATABASE_URL: '' })
    const { items } = (await (await request.get(`${first.url}/api/v1/products?limit=3`)).json()) as {
      items: { stock: { variantId: string; available: number }[] }[]
    }
    const variantIds = items.map((item) => item.stock.find((state) => state.available > 4)?.variantId ?? '')
    const hold = async (node: TestNode, variantId: string, quantity: number) => {
      const url = `${node.url}/api/v1/cart/lines/${variantId}`
      const answer = await request.put(url, { data: { quantity }, headers: { origin: node.url } })
      expect(answer.status(), await answer.text()).toBe(200)
    }
    const heldOn = async (node: TestNode) => {
      const cart = (await (await request.get(`${node.url}/api/v1/cart`)).json()) as { lines: { quantity: number }[] }
      return cart.lines.map((line) => line.quantity)
    }
    const [a = '', b = '', c = ''] = variantIds
    await hold(first, a, 1)

    // One that joins serves the same market; the one that made the database may stop, or die.
    const second = await startTestNode({ DATA_DIR: dataDir, DATABASE_URL: '' })
    expect(await heldOn(second)).toEqual([1])
    expect(await first.interrupt()).toBeLessThan(5_000)
    await hold(second, b, 2)
    const third = await startTestNode({ DATA_DIR: dataDir, DATABASE_URL: '' })
    await second.kill()
    await hold(third, c, 3)
    expect(await heldOn(third)).toEqual([1, 2, 3])

    // Everything at once, as when the power fails.
    const postgres = await postmasterOf(dataDir)
    await third.kill()
    process.kill(postgres, 'SIGKILL')
    const fourth = await startTestNode({ DATA_DIR: dataDir, DATABASE_URL: '' })
    expect(await heldOn(fourth)).toEqual([1, 2, 3])
    await hold(fourth, a, 2)
    await expectBalanced(dataDir)

    expect(await fourth.interrupt()).toBeLessThan(5_000)
    // Who leaves last stops the database, and a server that ends well takes its file along.
    await expect(postmasterOf(dataDir)).rejects.toThrow('ENOENT')
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})

async function postmasterOf(dataDir: string): Promise<number> {
  const elsewhere = await readFile(join(dataDir, 'postgres.place'), 'utf8').catch(() => null)
  const cluster = elsewhere?.trim() ?? join(dataDir, 'postgres')
  return Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0])
}

async function expectBalanced(dataDir: string): Promise<void> {
  const { url, leave } = await startEmbedded({ dataDir })
  const before = process.env.DATABASE_URL
  process.env.DATABASE_URL = url
  expect(await listImbalances()).toEqual([])
  await endPools()
  await leave()
  process.env.DATABASE_URL = before
}
