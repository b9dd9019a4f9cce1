import { expect, test } from 'vitest'
import { acceptsGzip, inlineScripts, isKeptAddress, isPlainRequest, pathOf, pathOfKey } from './rules.ts'

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

test('only who asks for a kept page and for nothing else is answered without Next', () => {
  expect(isPlainRequest('GET', '/products/lamp?variant=1', { cookie: 'souk.session=x' })).toBe(true)
  expect(isPlainRequest('HEAD', '/', {})).toBe(true)
  expect(isPlainRequest('POST', '/', {})).toBe(false)
  expect(isPlainRequest('GET', '/cart', {})).toBe(false)
  expect(isPlainRequest('GET', '/products/lamp?_rsc=1', {})).toBe(false)
  expect(isPlainRequest('GET', '/products/l%61mp', {})).toBe(false)
  expect(isPlainRequest('GET', '/', { cookie: 'a=b; __prerender_bypass=1' })).toBe(false)
  for (const name of ['rsc', 'next-action', 'next-router-prefetch', 'range']) {
    expect(isPlainRequest('GET', '/', { [name]: '1' }), name).toBe(false)
  }
})

test('a page is found by its path, whatever the query', () => {
  expect(pathOf('/?utm=1')).toBe(pathOfKey('/route-cache/APP_PAGE/38ab/$/index'))
  expect(pathOf('/products/lamp?variant=1')).toBe(pathOfKey('/route-cache/APP_PAGE/17cf/$/products/lamp'))
})

test('a page is packed for those who say that they unpack it', () => {
  for (const said of ['gzip', 'deflate, gzip;q=0.5, br', '*', 'GZIP']) expect(acceptsGzip(said), said).toBe(true)
  for (const said of [undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.0, br', 'xgzip']) {
    expect(acceptsGzip(said), String(said)).toBe(false)
  }
})
