import {
  prepareAccount,
  whatIsTaken,
  writeAccount,
  type AccountRefusal,
  type NewAccount,
} from '#lib/auth/commands/accounts'
import { forgetMembers } from '#lib/auth/member-cache'
import { isReservedHandle } from '#lib/auth/rules'
import { db, transact, transaction, violatedConstraint } from '#lib/db'
import { newId } from '#lib/ids'
import { expirePages } from '#lib/pages/cache'
import { sellerTag } from '#lib/pages/rules'
import { ok, refuse, type Result } from '#lib/result'
import { checkRevision, type Expected } from '#lib/revision'
import type { ShippingInput } from './schema.ts'
import {
  deleteShipping,
  insertSeller,
  insertShipping,
  listShipping,
  lockSeller,
  raiseShippingRevision,
  readRevisions,
  updateSeller,
} from './sql.ts'

export interface NewShop {
  readonly userId: string
  readonly name: string
  readonly handle: string
  readonly about?: string
  readonly pictureId?: string | null
}

export type ShopRefusal = 'already-seller' | 'shop-handle-taken' | 'shop-handle-reserved' | 'not-your-picture'

/**
 * Opens the member's shop; the next request of the member knows of it.
 * Invariant: one shop per member; its handle is stored in lower case and unique.
 * Concurrency: the unique indexes decide between tries at once.
 * Refuses: a second shop, a handle in use or reserved, a picture that the member did not upload.
 */
export async function becomeSeller(shop: NewShop): Promise<Result<{ sellerId: string }, ShopRefusal>> {
  const handle = shop.handle.toLowerCase()
  if (isReservedHandle(handle)) return refuse('shop-handle-reserved')
  const row = { id: newId(), about: '', pictureId: null, ...shop, handle }
  try {
    const [made] = await db.run(insertSeller(row))
    forgetMembers()
    return made ? ok(made) : refuse('not-your-picture')
  } catch (error) {
    const code = REFUSED_BY[violatedConstraint(error) ?? '']
    if (code) return refuse(code)
    throw error
  }
}

/**
 * Makes an account together with its shop, or neither.
 * Refuses: what `createAccount` and `becomeSeller` refuse.
 */
export async function signUpWithShop(
  account: NewAccount,
  shop: { readonly name: string; readonly handle: string },
): Promise<Result<{ userId: string; sellerId: string }, AccountRefusal | ShopRefusal>> {
  const handle = shop.handle.toLowerCase()
  if (isReservedHandle(handle)) return refuse('shop-handle-reserved')
  const prepared = await prepareAccount(account)
  if (!prepared.ok) return prepared
  const { id: userId } = prepared.value
  const sellerId = newId()
  try {
    await transact(async (tx) => {
      await writeAccount(tx, prepared.value)
      await tx.run(insertSeller({ id: sellerId, userId, name: shop.name, handle, about: '', pictureId: null }))
    })
    return ok({ userId, sellerId })
  } catch (error) {
    const code = whatIsTaken(error) ?? REFUSED_BY[violatedConstraint(error) ?? '']
    if (code) return refuse(code)
    throw error
  }
}

export interface ShopChange {
  readonly sellerId: string
  readonly name?: string | undefined
  readonly about?: string | undefined
  readonly pictureId?: string | null | undefined
  /** The revisions that may be changed; whichever there is where it is left out. */
  readonly expected?: Expected
}

/**
 * Changes what is given and leaves the rest; a `pictureId` of null takes the picture away. The handle stays: links lead there.
 * Concurrency: one statement; of two edits of one revision that both name it, the second changes nothing.
 * Refuses: changed-meanwhile, a picture that the shop's owner did not upload.
 */
export async function editShop(
  change: ShopChange,
): Promise<Result<{ sellerId: string }, 'not-your-picture' | 'changed-meanwhile'>> {
  const [changed] = await db.run(
    updateSeller({
      sellerId: change.sellerId,
      name: change.name ?? null,
      about: change.about ?? null,
      setsPicture: change.pictureId !== undefined,
      pictureId: change.pictureId ?? null,
      expected: change.expected ?? null,
    }),
  )
  if (!changed) {
    const [now] = await db.run(readRevisions(change.sellerId))
    const same = now ? checkRevision(now.revision, change.expected) : ok(null)
    return same.ok ? refuse('not-your-picture') : same
  }
  expirePages([sellerTag(changed.handle)])
  return ok({ sellerId: changed.sellerId })
}

/**
 * Makes these, in this order, the ways a shop sends what it sells; none: it says nothing about sending, which is free then.
 * Guarantees: those that stay keep their ids, so that a checkout that chose one finds it, with its new price. Orders keep what
 * they were sold with.
 * Concurrency: under the shop's lock, so of two at once the later one stands whole.
 * Refuses: changed-meanwhile, where revisions are expected and it is none of them.
 */
export function setShipping(
  sellerId: string,
  { methods }: ShippingInput,
  expected?: Expected,
): Promise<Result<{ sellerId: string }, 'changed-meanwhile'>> {
  return transaction(async (tx) => {
    const [, before, [now]] = await Promise.all([
      tx.run(lockSeller(sellerId)),
      tx.run(listShipping(sellerId)),
      tx.run(readRevisions(sellerId)),
    ])
    const same = checkRevision(now?.shippingRevision ?? 0, expected)
    if (!same.ok) return same
    const known = new Set(before.map((method) => method.id))
    await tx.run(deleteShipping(sellerId))
    await tx.run(
      insertShipping(
        sellerId,
        methods.map(({ id, name, countries, flatCents, perItemCents, freeOverCents }) => ({
          id: id && known.has(id) ? id : newId(),
          name,
          countries,
          flatCents: BigInt(flatCents),
          perItemCents: BigInt(perItemCents),
          freeOverCents: freeOverCents === null ? null : BigInt(freeOverCents),
        })),
      ),
    )
    await tx.run(raiseShippingRevision(sellerId))
    return ok({ sellerId })
  })
}

const REFUSED_BY: Partial<Record<string, ShopRefusal>> = {
  seller_user_id_key: 'already-seller',
  seller_handle_key: 'shop-handle-taken',
}
