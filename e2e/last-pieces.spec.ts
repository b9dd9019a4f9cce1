import { expect, test } from './fixtures.ts'
import { listProduct, stockOf } from './market.ts'

const BUYERS = 200
const PIECES = 10

test('200 buyers ask over HTTP for 10 pieces: exactly 10 hold one', async ({ newMember, baseURL }) => {
  const seller = await newMember()
  const { variantId } = await listProduct(seller, { quantity: PIECES })

  // Each request without a cookie is a visitor of its own, with a cart of its own.
  const answers = await Promise.all(
    Array.from({ length: BUYERS }, async () => {
      const response = await fetch(`${baseURL}/api/v1/cart/lines/${variantId}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"quantity":1}',
      })
      const body = (await response.json()) as { code?: string }
      return `${response.status} ${body.code ?? 'held'}`
    }),
  )

  expect(answers.filter((answer) => answer === '200 held')).toHaveLength(PIECES)
  expect(answers.filter((answer) => answer === '409 sold-out')).toHaveLength(BUYERS - PIECES)
  expect(await stockOf(seller, variantId)).toMatchObject({ onHand: PIECES, available: 0 })
})
