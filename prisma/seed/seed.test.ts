import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPassword, HANDLE_PATTERN, isReservedHandle, PASSWORD_MIN } from '#lib/auth/rules'
import { feedback } from './feedback.ts'
import { buyers, DEMO_PASSWORD, shops } from './market.ts'
import { assetPath, hasPictures } from './pictures.ts'
import { purchases } from './purchases.ts'

const products = shops.flatMap((shop) => shop.products)
const variants = products.flatMap((product) => product.variants)
const pictures = [...shops.map((shop) => shop.picture), ...products.flatMap((product) => product.pictures)]
const people = [...shops.map((shop) => shop.owner), ...buyers]

const CATEGORIES = new Set(
  'home garden kitchen clothing jewellery accessories art toys books electronics vintage other'.split(' '),
)

describe('the demo market', () => {
  test('has 6 shops with 10 products each', () => {
    expect(shops.map((shop) => shop.products.length)).toEqual([10, 10, 10, 10, 10, 10])
  })

  test('uses every title, SKU and handle once', () => {
    for (const names of [
      products.map((product) => product.title),
      variants.map((variant) => variant.sku),
      shops.map((shop) => shop.handle),
      people.map((person) => person.handle),
      people.map((person) => person.email),
    ])
      expect(new Set(names).size).toBe(names.length)
  })

  test('signs up people the market would take', () => {
    for (const person of people) {
      expect(checkPassword(DEMO_PASSWORD, person.handle)).toEqual({ ok: true, value: DEMO_PASSWORD })
    }
    expect(DEMO_PASSWORD.length).toBeGreaterThanOrEqual(PASSWORD_MIN)
    for (const { handle } of [...people, ...shops]) {
      expect(handle).toMatch(HANDLE_PATTERN)
      expect(isReservedHandle(handle)).toBe(false)
    }
  })

  test('lists products in categories that exist, described and found by keywords', () => {
    for (const product of products) {
      expect(CATEGORIES).toContain(product.category)
      expect(product.description.length).toBeGreaterThan(150)
      expect(product.keywords.length).toBeGreaterThan(1)
    }
  })

  test('asks prices above zero, and compares only with higher ones', () => {
    for (const variant of variants) {
      expect(variant.priceCents).toBeGreaterThan(0)
      expect(variant.compareAtCents ?? Infinity).toBeGreaterThan(variant.priceCents)
    }
  })

  test('gives every variant a value for each option, and none twice', () => {
    for (const product of products) {
      const values = product.variants.map((variant) => variant.values ?? [])
      for (const value of values) expect(value).toHaveLength(product.options?.length ?? 0)
      expect(new Set(values.map((value) => value.join('/'))).size).toBe(values.length)
    }
  })

  test('has sold-out products, nearly sold-out ones, and one drop still to open', () => {
    const stocks = products.map((product) => product.variants.reduce((sum, variant) => sum + variant.stock, 0))
    expect(stocks.filter((stock) => stock === 0).length).toBeGreaterThanOrEqual(3)
    expect(stocks.filter((stock) => stock >= 1 && stock <= 3).length).toBeGreaterThanOrEqual(5)
    expect(products.filter((product) => product.opensInMinutes !== undefined)).toHaveLength(1)
  })

  test('lets its buyers buy what is there', () => {
    const stocks = new Map(variants.map((variant) => [variant.sku, variant.stock]))
    for (const [sku, quantity] of purchases.flatMap((purchase) => purchase.lines)) {
      expect(stocks.get(sku) ?? 0, sku).toBeGreaterThanOrEqual(quantity)
    }
  })

  test('lets its buyers say how it was only about what they bought, and once', () => {
    const bought = purchases.flatMap(({ buyer, lines }) => lines.map(([sku]) => `${buyer} ${sku}`))
    const said = feedback.map(({ buyer, sku }) => `${buyer} ${sku}`)
    expect(bought).toEqual(expect.arrayContaining(said))
    expect(new Set(said).size).toBe(said.length)
  })

  test('shows each product in one to eight pictures, each with words for those who do not see it', () => {
    for (const product of products) {
      expect(product.pictures.length).toBeGreaterThanOrEqual(1)
      expect(product.pictures.length).toBeLessThanOrEqual(8)
    }
    for (const picture of pictures) expect(picture.alt).not.toBe('')
  })

  test.runIf(hasPictures())('arranges its pictures from objects that are installed', () => {
    const missing = pictures.flatMap((picture) => picture.things).filter((thing) => !existsSync(assetPath(thing.of)))
    expect(missing).toEqual([])
  })
})
