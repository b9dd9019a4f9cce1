import { expect, it, vi } from 'vitest'
import { id, stock } from '../../scripts/test-gateway.ts'
import type { StockState } from './events.ts'
import { attachCarrier, publishStock } from './publish.ts'

it('goes on telling when the clock of the machine is set back', async () => {
  const carried: StockState[] = []
  const detach = attachCarrier({
    carryStock: (states) => void carried.push(...states),
    carry: () => undefined,
    cutSession: () => undefined,
  })
  publishStock([stock(1, 'a', 1)])
  await expect.poll(() => carried.length).toBe(1)
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000)
  publishStock([stock(1, 'a', 2)])
  clock.mockRestore()
  await expect.poll(() => carried.map(({ version }) => version)).toEqual([1, 2])
  expect(carried.every(({ productId }) => productId === id(1))).toBe(true)
  detach()
})
