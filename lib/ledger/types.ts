import type { Cents } from '#lib/money'
import type { AccountKind, EntryKind } from '#prisma/enums'

/** Whose money: one of the market's own accounts, or a seller's. */
export type AccountName =
  { readonly kind: Exclude<AccountKind, 'seller'> } | { readonly kind: 'seller'; readonly ownerId: string }

/** One account's part of an entry. Above nothing: the market owes its owner more. Units: cents. */
export interface Posting {
  readonly account: AccountName
  readonly amountCents: Cents
  /** The order line or seller order whose money it is. */
  readonly sourceId: string | null
}

/** Something that happens to money, once per kind and subject. */
export interface Entry {
  readonly id: string
  readonly kind: EntryKind
  /** The order, seller order, refund or payout that it is about. */
  readonly subjectId: string
  readonly currency: string
  readonly postings: readonly Posting[]
}
