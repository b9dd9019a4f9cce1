import { expect, test } from 'vitest'
import { makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { mergeCarts } from '#lib/cart/commands'
import { hold } from './commands/hold.ts'

process.env.HOLD_CARTS_PER_ADDRESS = '1'
process.env.HOLD_CAP_PER_VARIANT = '4'
await useTestDatabase()

test('a line that came from an address grows only as far as that address may', async () => {
  const { variantId } = await makeVariant({ quantity: 20 })
  const { userId } = await makeMember()
  const [mine, visitor] = [await makeCart(userId), await makeCart()]
  const cafe = { variantId, anonymous: true, source: 'cafe' }
  await hold({ cartId: visitor, ...cafe, quantity: 2 })
  await mergeCarts({ anonymousCartId: visitor, buyerId: userId })
  await hold({ cartId: visitor, ...cafe, quantity: 2 })
  // The café has its four pieces.
  expect(await hold({ cartId: mine, variantId, quantity: 3, source: 'home' })).toMatchObject({
    ok: false,
    refusal: { code: 'address-full' },
  })
})
