import { page } from '#lib/api/list'
import { kernelProblem } from '#lib/api/problem'
import { createRoute, json, newRouter, problems } from '#lib/api/route'
import { isId } from '#lib/ids'
import { catalogErrors } from '../errors.ts'
import { getProduct, getProductById, listCategories, listPrices, listProducts } from '../queries.ts'
import { categoryListView, productListView, productsQuery, productView, slugParams } from '../schema.ts'
import { priceListView, pricesQuery } from '../schema/price.ts'

const readCategories = createRoute({
  operationId: 'listCategories',
  method: 'get',
  path: '/categories',
  scope: 'none',
  tags: ['Products'],
  summary: 'The categories of the market',
  description: 'In the order the market shows them, each with the number of products on sale.',
  responses: { 200: { description: 'All of them', content: json(categoryListView) } },
})

const readProducts = createRoute({
  operationId: 'listProducts',
  method: 'get',
  path: '/products',
  scope: 'none',
  tags: ['Products'],
  summary: 'What is on sale',
  description: 'A page at a time: send `nextCursor` as `cursor` for the next one, with the same other parameters.',
  request: { query: productsQuery },
  responses: { 200: { description: 'A page', content: json(productListView) }, ...problems(catalogErrors) },
})

const readProduct = createRoute({
  operationId: 'getProduct',
  method: 'get',
  path: '/products/{slug}',
  scope: 'none',
  tags: ['Products'],
  summary: 'A product that is or was on sale, by its address or its id',
  description:
    'With its versions, their prices and the live counts. What was taken off sale stays readable, and cannot be bought.',
  request: { params: slugParams },
  responses: {
    200: { description: 'The product', content: json(productView) },
    ...problems(catalogErrors, 'not-found'),
  },
})

const readPrices = createRoute({
  operationId: 'listPrices',
  method: 'get',
  path: '/prices',
  scope: 'none',
  tags: ['Products'],
  summary: 'What the versions of products cost now',
  description: 'Of all versions of up to 100 products. The same numbers come by the live channel as they change.',
  request: { query: pricesQuery },
  responses: { 200: { description: 'The prices', content: json(priceListView) }, ...problems(catalogErrors) },
})

/** What everyone may look at. */
export const browseRoutes = newRouter()
  .openapi(readCategories, async (c) => {
    c.header('Cache-Control', 'no-cache')
    return c.json({ categories: await listCategories() }, 200)
  })
  .openapi(readProducts, async (c) => {
    const { category, seller, sort, cursor, limit } = c.req.valid('query')
    c.header('Cache-Control', 'no-cache')
    const products = await listProducts({ category, sellerHandle: seller, sort, cursor, limit })
    return c.json(page(c, products), 200)
  })
  .openapi(readProduct, async (c) => {
    const { slug } = c.req.valid('param')
    const product = (await getProduct(slug)) ?? (isId(slug) ? await getProductById(slug) : null)
    if (!product) throw kernelProblem('not-found')
    c.header('Cache-Control', 'no-cache')
    return c.json(product, 200)
  })
  .openapi(readPrices, async (c) => {
    c.header('Cache-Control', 'no-cache')
    return c.json({ prices: await listPrices(c.req.valid('query').productId) }, 200)
  })
