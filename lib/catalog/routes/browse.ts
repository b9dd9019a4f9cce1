import { kernelProblem } from '#lib/api/problem'
import { createRoute, json, newRouter, problems } from '#lib/api/route'
import { catalogErrors } from '../errors.ts'
import { getProduct, listCategories, listProducts } from '../queries.ts'
import { categoryListView, productListView, productsQuery, productView, slugParams } from '../schema.ts'

const readCategories = createRoute({
  method: 'get',
  path: '/categories',
  tags: ['Products'],
  summary: 'The categories of the market',
  responses: { 200: { description: 'All of them', content: json(categoryListView) } },
})

const readProducts = createRoute({
  method: 'get',
  path: '/products',
  tags: ['Products'],
  summary: 'What is on sale',
  request: { query: productsQuery },
  responses: { 200: { description: 'A page', content: json(productListView) }, ...problems(catalogErrors) },
})

const readProduct = createRoute({
  method: 'get',
  path: '/products/{slug}',
  tags: ['Products'],
  summary: 'A product that is or was on sale',
  request: { params: slugParams },
  responses: {
    200: { description: 'The product', content: json(productView) },
    ...problems(catalogErrors, 'not-found'),
  },
})

/** What everyone may look at. */
export const browseRoutes = newRouter()
  .openapi(readCategories, async (c) => {
    c.header('Cache-Control', 'no-cache')
    return c.json({ categories: await listCategories() }, 200)
  })
  .openapi(readProducts, async (c) => {
    const { category, seller, q, sort, cursor, limit } = c.req.valid('query')
    c.header('Cache-Control', 'no-cache')
    return c.json(await listProducts({ category, sellerHandle: seller, text: q, sort, cursor, limit }), 200)
  })
  .openapi(readProduct, async (c) => {
    const product = await getProduct(c.req.valid('param').slug)
    if (!product) throw kernelProblem('not-found')
    c.header('Cache-Control', 'no-cache')
    return c.json(product, 200)
  })
