import type * as z from 'zod'
import type { shippingInput } from '#lib/sellers/schema'
import type { LookName } from './looks.ts'
import type { ObjectName } from './objects.ts'

/** One object in a picture. Lengths are fractions of the picture's side. */
export interface Thing {
  readonly of: ObjectName
  /** Longer side of the object. Default 0.52. */
  readonly size?: number
  /** Middle of the object. Default 0.5. */
  readonly x?: number
  /** Standing: how far in front of (+) or behind (−) the scene's standing line; lying: the middle. */
  readonly y?: number
  /** Degrees clockwise. */
  readonly turn?: number
  readonly flip?: boolean
  /** Hangs in the air in a scene where things stand: no shadow touches the table. */
  readonly floats?: boolean
  /** Degrees around the colour wheel: the same object in another colour. */
  readonly hue?: number
  /** 1 is the object's own; less is calmer. */
  readonly saturation?: number
  readonly brightness?: number
}

export type SceneName = 'table' | 'arch' | 'plinth' | 'lay' | 'wall'

export interface SeedPicture {
  readonly scene: SceneName
  /** Which of the look's colourings. Default 0. */
  readonly tone?: number
  readonly things: readonly Thing[]
  readonly alt: string
}

export type CategorySlug =
  | 'home'
  | 'garden'
  | 'kitchen'
  | 'clothing'
  | 'jewellery'
  | 'accessories'
  | 'art'
  | 'toys'
  | 'books'
  | 'electronics'
  | 'vintage'
  | 'other'

export interface SeedVariant {
  readonly values?: readonly string[]
  readonly sku: string
  readonly priceCents: number
  readonly compareAtCents?: number
  readonly stock: number
}

export interface SeedProduct {
  readonly title: string
  /** Plain text: paragraphs, then lines that begin with "- ". */
  readonly description: string
  readonly category: CategorySlug
  /** Default new. */
  readonly condition?: 'new' | 'like_new' | 'good' | 'fair'
  readonly keywords: readonly string[]
  /** Names of the options; each variant then has as many values. */
  readonly options?: readonly string[]
  readonly variants: readonly SeedVariant[]
  readonly pictures: readonly SeedPicture[]
  /** A drop: opens so many minutes after the market is made. */
  readonly opensInMinutes?: number
  /** Most pieces one buyer may hold. */
  readonly cap?: number
}

export interface SeedShop {
  readonly name: string
  readonly handle: string
  readonly about: string
  readonly owner: { readonly name: string; readonly handle: string; readonly email: string }
  readonly look: LookName
  readonly picture: SeedPicture
  /** How it sends, as its owner would write it; without: free. */
  readonly shipping?: z.input<typeof shippingInput>['methods']
  readonly products: readonly SeedProduct[]
}
