import type { Context } from 'hono'
import * as z from 'zod'
import { IDEMPOTENCY_KEY, oncePerKey, readKey } from '#lib/api/keyed'
import { page } from '#lib/api/list'
import { formProblem, kernelProblem } from '#lib/api/problem'
import { createRoute, json, limit, newRouter, problems, requireSeller, type ApiEnv } from '#lib/api/route'
import { IF_MATCH, readExpected, tag } from '#lib/api/tag'
import { kernelErrors } from '#lib/errors'
import { ifOver } from '#lib/inventory/schema'
import type { Result } from '#lib/result'
import { writeProduct } from '../commands/create-product.ts'
import { editProduct, setPictures, setVariants } from '../commands/edit-product.ts'
import { editVariant } from '../commands/edit-variant.ts'
import { archiveProduct, publishProduct } from '../commands/publish-product.ts'
import { catalogErrors, fieldOfCode } from '../errors.ts'
import { getOwnProduct, listOwnProducts } from '../queries.ts'
import {
  ownProductListView,
  ownProductsQuery,
  ownProductView,
  picturesInput,
  productChange,
  productInput,
  productParams,
  publishedView,
  variantChange,
  variantParams,
  variantsInput,
} from '../schema.ts'

const tags = ['Selling']
const guarded = ['sign-in-required', 'not-allowed', 'not-found', 'changed-meanwhile', 'too-many-requests']
const product = { description: 'The product', content: json(ownProductView) }

const readOwnProducts = createRoute({
  operationId: 'listOwnProducts',
  method: 'get',
  path: '/seller/products',
  scope: 'read',
  tags,
  summary: 'Your products, newest first: what is on sale with `status=published`',
  description: 'Drafts, what is on sale and what was taken off it, 24 a page; `status` picks one of them.',
  request: { query: ownProductsQuery },
  responses: {
    200: { description: 'A page', content: json(ownProductListView) },
    ...problems(catalogErrors, 'sign-in-required', 'not-allowed'),
  },
})

const readOwnProduct = createRoute({
  operationId: 'getOwnProduct',
  method: 'get',
  path: '/seller/products/{id}',
  scope: 'read',
  tags,
  summary: 'One of your products, whatever its status',
  description: 'With what only its seller sees: its status and its cap.',
  request: { params: productParams },
  responses: { 200: product, ...problems(catalogErrors, ...guarded) },
})

const postProduct = createRoute({
  operationId: 'createProduct',
  method: 'post',
  path: '/products',
  scope: 'sell',
  tags,
  summary: 'List a new product, as a draft or on sale at once',
  description:
    'A draft is seen by its seller alone, until it is published. With `publish` it is listed and published in one: where it cannot ' +
    'go on sale there is no draft either.',
  parameters: [IDEMPOTENCY_KEY],
  request: { body: { content: json(productInput), required: true } },
  responses: {
    201: { description: 'The product, and what became of its pieces', content: json(publishedView) },
    ...problems(
      catalogErrors,
      'sign-in-required',
      'not-allowed',
      'key-reused',
      'no-price',
      'over-capacity',
      'too-many-requests',
      'unknown-category',
      'option-names-twice',
      'option-values-missing',
      'versions-alike',
      'not-your-picture',
      'picture-twice',
    ),
  },
})

const patchProduct = createRoute({
  operationId: 'changeProduct',
  method: 'patch',
  path: '/products/{id}',
  scope: 'sell',
  tags,
  summary: 'Change what a product says of itself',
  description: 'What is left out stays. The address of its page stays too.',
  parameters: [IF_MATCH],
  request: { params: productParams, body: { content: json(productChange), required: true } },
  responses: { 200: product, ...problems(catalogErrors, ...guarded, 'unknown-category') },
})

const putVariants = createRoute({
  operationId: 'setVariants',
  method: 'put',
  path: '/products/{id}/variants',
  scope: 'sell',
  tags,
  summary: 'Set the versions of a product',
  description:
    'The whole set: a version without an id is new, one that is missing goes off sale for good. ' +
    'The stock of a version that exists is changed at /stock/{variantId}/adjustments.',
  parameters: [IF_MATCH],
  request: { params: productParams, body: { content: json(variantsInput), required: true } },
  responses: {
    200: product,
    ...problems(
      catalogErrors,
      ...guarded,
      'option-names-twice',
      'option-values-missing',
      'versions-alike',
      'foreign-version',
      'no-price',
    ),
  },
})

const patchVariant = createRoute({
  operationId: 'changeVariant',
  method: 'patch',
  path: '/products/{id}/variants/{variantId}',
  scope: 'sell',
  tags,
  summary: 'Change the price of one version, or its article number',
  description: 'What is left out stays. Carts that hold it pay the new price; they see it before they pay.',
  parameters: [IF_MATCH],
  request: { params: variantParams, body: { content: json(variantChange), required: true } },
  responses: { 200: product, ...problems(catalogErrors, ...guarded, 'no-price') },
})

const putPictures = createRoute({
  operationId: 'setPictures',
  method: 'put',
  path: '/products/{id}/pictures',
  scope: 'sell',
  tags,
  summary: 'Set the pictures of a product, in their order',
  description: 'The whole list, by the ids that `POST /pictures` gave. The first one is the one in lists.',
  parameters: [IF_MATCH],
  request: { params: productParams, body: { content: json(picturesInput), required: true } },
  responses: { 200: product, ...problems(catalogErrors, ...guarded, 'not-your-picture', 'picture-twice') },
})

const postPublish = createRoute({
  operationId: 'publishProduct',
  method: 'post',
  path: '/products/{id}/publish',
  scope: 'sell',
  tags,
  summary: 'Put a product on sale',
  description:
    'Pieces over your capacity wait in your publishing queue and go on sale by themselves when there is room.',
  parameters: [IF_MATCH],
  request: { params: productParams, query: z.strictObject({ ifOver }) },
  responses: {
    200: { description: 'The product, and what became of its pieces', content: json(publishedView) },
    ...problems(catalogErrors, ...guarded, 'no-version', 'no-price', 'over-capacity'),
  },
})

const postArchive = createRoute({
  operationId: 'archiveProduct',
  method: 'post',
  path: '/products/{id}/archive',
  scope: 'sell',
  tags,
  summary: 'Take a product off sale',
  description: 'Nobody can take it any more. What carts hold of it can still be paid for; orders stay as they are.',
  parameters: [IF_MATCH],
  request: { params: productParams },
  responses: { 200: product, ...problems(catalogErrors, ...guarded) },
})

/** What a seller does with the shop's products. Every change is answered with the product as it is after it. */
export const sellingRoutes = newRouter()
  .openapi(readOwnProducts, async (c) => {
    const { sellerId } = requireSeller(c)
    c.header('Cache-Control', 'no-store')
    return c.json(page(c, await listOwnProducts(sellerId, c.req.valid('query'))), 200)
  })
  .openapi(readOwnProduct, async (c) => {
    const { sellerId } = requireSeller(c)
    return c.json(await ownProduct(c, sellerId, c.req.valid('param').id), 200)
  })
  .openapi(postProduct, async (c) => {
    const actor = editor(c)
    const input = c.req.valid('json')
    const key = readKey(c, 'POST /products', actor.actorId)
    // What was typed, not what it was parsed to: prices are numbers that no JSON can hold.
    const made = await oncePerKey(key, await c.req.json(), (tx) => writeProduct(tx, { ...actor, input }))
    const { productId, published, queued } = taken(made)
    return c.json({ ...(await ownProduct(c, actor.sellerId, productId)), published, queued }, 201)
  })
  .openapi(patchProduct, async (c) => {
    const edit = editOf(c, c.req.valid('param').id)
    taken(await editProduct({ ...edit, change: c.req.valid('json') }))
    return c.json(await ownProduct(c, edit.sellerId, edit.productId), 200)
  })
  .openapi(putVariants, async (c) => {
    const edit = editOf(c, c.req.valid('param').id)
    taken(await setVariants({ ...edit, input: c.req.valid('json') }))
    return c.json(await ownProduct(c, edit.sellerId, edit.productId), 200)
  })
  .openapi(patchVariant, async (c) => {
    const { id, variantId } = c.req.valid('param')
    const edit = editOf(c, id)
    taken(await editVariant({ ...edit, variantId, change: c.req.valid('json') }))
    return c.json(await ownProduct(c, edit.sellerId, id), 200)
  })
  .openapi(putPictures, async (c) => {
    const edit = editOf(c, c.req.valid('param').id)
    taken(await setPictures({ ...edit, ...c.req.valid('json') }))
    return c.json(await ownProduct(c, edit.sellerId, edit.productId), 200)
  })
  .openapi(postPublish, async (c) => {
    const edit = editOf(c, c.req.valid('param').id)
    const { published, queued } = taken(await publishProduct({ ...edit, ...c.req.valid('query') }))
    return c.json({ ...(await ownProduct(c, edit.sellerId, edit.productId)), published, queued }, 200)
  })
  .openapi(postArchive, async (c) => {
    const edit = editOf(c, c.req.valid('param').id)
    taken(await archiveProduct(edit))
    return c.json(await ownProduct(c, edit.sellerId, edit.productId), 200)
  })

function editor(c: Context<ApiEnv>): { sellerId: string; actorId: string } {
  const { userId, sellerId } = requireSeller(c)
  limit(c, 'edit-product', 240, 60, userId)
  return { sellerId, actorId: userId }
}

/** An edit of a product, and the revision it was made of where the request names one. */
function editOf(c: Context<ApiEnv>, productId: string) {
  return { ...editor(c), productId, expected: readExpected(c) }
}

function taken<T>(result: Result<T>): T {
  if (!result.ok) throw formProblem(result.refusal, { ...kernelErrors, ...catalogErrors }, fieldOfCode)
  return result.value
}

async function ownProduct(c: Context, sellerId: string, id: string) {
  const found = await getOwnProduct(sellerId, id)
  if (!found) throw kernelProblem('not-found')
  c.header('Cache-Control', 'no-store')
  tag(c, found.revision)
  return found
}
