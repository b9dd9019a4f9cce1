import type { StockState } from '#lib/live/events'
import type { Condition, ProductStatus } from '#prisma/enums'
import type { OwnProductCardView, OwnProductView, ProductCardView, ProductView } from '../schema.ts'
import { priceRange } from './product.ts'

const VARIANTS = {
  where: { retiredAt: null },
  orderBy: { position: 'asc' },
  select: { id: true, optionValues: true, sku: true, priceCents: true, compareAtCents: true },
} as const

/** What a card reads of a product, in Prisma's words. */
export const CARD = {
  id: true,
  slug: true,
  title: true,
  condition: true,
  categorySlug: true,
  status: true,
  opensAt: true,
  createdAt: true,
  seller: { select: { name: true, handle: true } },
  variants: VARIANTS,
  pictures: { orderBy: { position: 'asc' }, take: 1, select: { pictureId: true, alt: true } },
} as const

/** What a page reads of a product. */
export const PAGE = {
  ...CARD,
  description: true,
  keywords: true,
  optionNames: true,
  publishedAt: true,
  revision: true,
  seller: { select: { id: true, name: true, handle: true, about: true, pictureId: true } },
  category: { select: { slug: true, name: true } },
  pictures: {
    orderBy: { position: 'asc' },
    select: { pictureId: true, alt: true, picture: { select: { width: true, height: true } } },
  },
} as const

export interface CardRow {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly condition: Condition
  readonly categorySlug: string
  readonly status: ProductStatus
  readonly opensAt: Date | null
  readonly createdAt: Date
  readonly seller: { readonly name: string; readonly handle: string }
  readonly variants: readonly {
    readonly id: string
    readonly optionValues: string[]
    readonly sku: string | null
    readonly priceCents: bigint
    readonly compareAtCents: bigint | null
  }[]
  readonly pictures: readonly { readonly pictureId: string; readonly alt: string }[]
}

export interface PageRow extends CardRow {
  readonly description: string
  readonly keywords: string[]
  readonly optionNames: string[]
  readonly publishedAt: Date | null
  readonly revision: number
  readonly seller: { id: string; name: string; handle: string; about: string; pictureId: string | null }
  readonly category: { slug: string; name: string }
  readonly pictures: readonly { pictureId: string; alt: string; picture: { width: number; height: number } }[]
}

/** A product in a list, with the counts of the versions that are offered; retired ones are left out. */
export function cardOf(row: CardRow, stock: readonly StockState[]): ProductCardView {
  const offered = new Set(row.variants.map((variant) => variant.id))
  const [cover] = row.pictures
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    sellerName: row.seller.name,
    sellerHandle: row.seller.handle,
    ...priceRange(row.variants),
    pictureId: cover?.pictureId ?? null,
    pictureAlt: cover?.alt ?? '',
    condition: row.condition,
    categorySlug: row.categorySlug,
    opensAt: row.opensAt?.toISOString() ?? null,
    stock: stock.filter((state) => offered.has(state.variantId)),
  }
}

export function pageOf(row: PageRow, stock: readonly StockState[]): ProductView {
  return {
    ...cardOf(row, stock),
    description: row.description,
    keywords: row.keywords,
    optionNames: row.optionNames,
    variants: row.variants.map((variant) => ({
      id: variant.id,
      optionValues: variant.optionValues,
      sku: variant.sku,
      priceCents: variant.priceCents.toString(),
      compareAtCents: variant.compareAtCents?.toString() ?? null,
    })),
    pictures: row.pictures.map(({ pictureId, alt, picture }) => ({ id: pictureId, ...picture, alt })),
    seller: row.seller,
    category: row.category,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    revision: row.revision,
  }
}

export function ownCardOf(row: CardRow, stock: readonly StockState[]): OwnProductCardView {
  return {
    ...cardOf(row, stock),
    status: row.status,
    variantCount: row.variants.length,
    createdAt: row.createdAt.toISOString(),
  }
}

export function ownViewOf(row: PageRow, stock: readonly StockState[], cap: number | null): OwnProductView {
  return { ...pageOf(row, stock), status: row.status, createdAt: row.createdAt.toISOString(), cap }
}
