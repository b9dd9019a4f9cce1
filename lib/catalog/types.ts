import type { Condition, ProductStatus } from '#prisma/enums'
import type { PlanNote } from './rules/shopify.ts'

/** What a product says of itself, apart from its versions and pictures. */
export interface ProductTexts {
  readonly title: string
  readonly description: string
  readonly categorySlug: string
  readonly condition: Condition
  readonly keywords: readonly string[]
}

/** A version as it is to be written. */
export interface VariantRow {
  readonly id: string
  readonly position: number
  readonly optionValues: readonly string[]
  readonly sku: string | null
  readonly priceCents: bigint
  readonly compareAtCents: bigint | null
}

/** A product row as a command reads it under its lock. */
export interface ProductRow {
  readonly id: string
  readonly sellerId: string
  readonly slug: string
  readonly status: ProductStatus
  readonly opensAt: Date | null
  readonly cap: number | null
  readonly revision: number
}

/** One that an import made before, under the same handle. */
export interface ImportedRow extends ProductRow {
  readonly handle: string
  readonly optionNames: readonly string[]
  readonly pictures: number
}

/** What an import did, or would do. */
export interface ImportReport {
  /** Null for a dry run, which leaves nothing behind. */
  readonly importId: string | null
  readonly fileName: string
  readonly products: number
  readonly variants: number
  /** To be fetched. */
  readonly pictures: number
  readonly notes: readonly PlanNote[]
}

/** The `field` of notes that say what became of a picture that was to be fetched. */
export const PICTURE_FIELD = 'Picture'

/** The job that fetches one picture of an import. Tried again only when this node failed, not when the address did. */
export const FETCH_PICTURE = { name: 'fetch-picture', maxAttempts: 5 } as const

export interface FetchPicture {
  readonly importId: string
  readonly productId: string
  readonly sellerId: string
  readonly actorId: string
  readonly line: number
  readonly url: string
  readonly alt: string
  readonly position: number
  /** The note it ends with: once that is written the picture has been counted. */
  readonly noteId: string
}
