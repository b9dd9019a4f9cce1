import { beforeEach, expect, test } from 'vitest'
import { expireAllPages, expirePages, findPage, keepPage, readPage } from './cache.ts'
import type { KeptPage } from './types.ts'

const HOUR = { revalidate: 3_600 }

const pageOf = (html: string, tags: string, status?: number): KeptPage => ({
  kind: 'APP_PAGE',
  html,
  headers: { 'x-next-cache-tags': tags },
  status,
})

/** As Next does: it asks, finds nothing, draws, and hands over. */
function draw(key: string, page: KeptPage, meanwhile?: () => void): void {
  readPage(key, 0)
  meanwhile?.()
  keepPage(key, page, HOUR, 0)
}

const htmlOf = (key: string) => readPage(key, 0)?.page.html

beforeEach(() => expireAllPages())

test('a page is kept until something it shows is edited', () => {
  draw('a', pageOf('lamp', 'product:1,lists'))
  draw('b', pageOf('rug', 'product:2'))
  expirePages(['product:1'])
  expect(htmlOf('a')).toBeUndefined()
  expect(htmlOf('b')).toBe('rug')
})

test('a page that was begun before an edit of what it shows is not kept, though it is finished after', () => {
  draw('a', pageOf('old lamp', 'product:1'), () => expirePages(['product:1']))
  expect(htmlOf('a')).toBeUndefined()
  draw('a', pageOf('new lamp', 'product:1'), () => expirePages(['product:2']))
  expect(htmlOf('a')).toBe('new lamp')
})

test('a page that is drawn anew because its time is over may not bring back what was edited meanwhile', () => {
  draw('a', pageOf('lamp', 'product:1'))
  const later = 3_600_001
  expect(readPage('a', later)?.page.html).toBe('lamp')
  expirePages(['product:1'])
  keepPage('a', pageOf('old lamp', 'product:1'), HOUR, later)
  expect(htmlOf('a')).toBeUndefined()
})

test('a page is found by its path for as long as it is kept', () => {
  draw('/route-cache/APP_PAGE/1/$/products/lamp', pageOf('lamp', 'product:1'))
  expect(findPage('/products/lamp')?.page.html).toBe('lamp')
  expirePages(['product:1'])
  expect(findPage('/products/lamp')).toBeNull()
})

test('a page that nobody was seen beginning is not kept', () => {
  keepPage('a', pageOf('lamp', 'product:1'), HOUR, 0)
  expect(htmlOf('a')).toBeUndefined()
})

test('that there is nothing at an address is not kept', () => {
  draw('a', pageOf('nothing here', 'product:1', 404))
  expect(htmlOf('a')).toBeUndefined()
})

test('the memory is bounded, and the page that was not asked for longest goes first', () => {
  const tenMegabytes = 'x'.repeat(2_850_000)
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) draw(key, pageOf(key + tenMegabytes, key))
  expect(htmlOf('a')).toBeDefined()
  draw('g', pageOf(tenMegabytes, 'g'))
  expect(htmlOf('a')).toBeDefined()
  expect(htmlOf('b')).toBeUndefined()
  expect(htmlOf('g')).toBeDefined()
})
