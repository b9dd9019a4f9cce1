import { expect, test } from 'vitest'
import { inlineScripts, isKeptAddress } from './rules.ts'

test('the market, products and the beginnings of lists are kept, and nothing that belongs to somebody', () => {
  for (const url of [
    '/',
    '/?utm=1',
    '/products/lamp',
    '/products/lamp?variant=1',
    '/categories/home',
    '/shops/ada?_rsc=1',
  ]) {
    expect(isKeptAddress(url), url).toBe(true)
  }
  const drawn = [
    '/cart',
    '/search?q=lamp',
    '/categories/home?sort=price-asc',
    '/shops/ada?cursor=x',
    '/orders',
    '/sell',
  ]
  for (const url of [...drawn, '/products', '/products/lamp/more', '/checkout?x=/products/lamp']) {
    expect(isKeptAddress(url), url).toBe(false)
  }
})

test('a policy needs every inline script that would run, to the letter, and no other', () => {
  const html =
    '<head><script>a()</script><script src="/x.js" async=""></script></head><body>' +
    '<script type="application/ld+json">{"name":"x"}</script><script id="_R_">b("<p>")\n</script></body>'
  expect(inlineScripts(html)).toEqual(['a()', 'b("<p>")\n'])
})
