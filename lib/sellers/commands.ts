import { forgetMembers } from '#lib/auth/member-cache'
import { isReservedHandle } from '#lib/auth/rules'
import { db, violatedConstraint } from '#lib/db'
import { newId } from '#lib/ids'
import { ok, refuse, type Result } from '#lib/result'
import { insertSeller, updateSeller } from './sql.ts'

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

export interface ShopChange {
  readonly sellerId: string
  readonly name?: string | undefined
  readonly about?: string | undefined
  readonly pictureId?: string | null | undefined
}

/**
 * Changes what is given and leaves the rest; a `pictureId` of null takes the picture away. The handle stays: links lead there.
 * Refuses: a picture that the shop's owner did not upload.
 */
export async function editShop(change: ShopChange): Promise<Result<{ sellerId: string }, 'not-your-picture'>> {
  const [changed] = await db.run(
    updateSeller({
      sellerId: change.sellerId,
      name: change.name ?? null,
      about: change.about ?? null,
      setsPicture: change.pictureId !== undefined,
      pictureId: change.pictureId ?? null,
    }),
  )
  return changed ? ok(changed) : refuse('not-your-picture')
}

const REFUSED_BY: Partial<Record<string, ShopRefusal>> = {
  seller_user_id_key: 'already-seller',
  seller_handle_key: 'shop-handle-taken',
}
