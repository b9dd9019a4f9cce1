import { kernelProblem, Problem } from '#lib/api/problem'
import { createRoute, json, limit, newRouter, problems, requireSeller } from '#lib/api/route'
import type { Refusal } from '#lib/result'
import { importProducts } from '../commands/import-products.ts'
import { catalogErrors, type CatalogCode } from '../errors.ts'
import { getImport, listImports } from '../queries/imports.ts'
import { dryRunView } from '../rules/import-view.ts'
import { cleanLine, cut } from '../rules/plain-text.ts'
import { importForm, importListView, importParams, importQuery, importView } from '../schema.ts'

const tags = ['Selling']
const report = { description: 'What was taken, defaulted or refused, by line', content: json(importView) }

const postImport = createRoute({
  operationId: 'importProducts',
  method: 'post',
  path: '/imports',
  scope: 'sell',
  tags,
  summary: 'Import a Shopify product file',
  description:
    'The products become drafts; their pictures are fetched afterwards. Importing a file again updates texts and ' +
    'prices and never the stock. A row that is wrong is refused by its line, the others go on.',
  request: {
    query: importQuery,
    body: { content: { 'multipart/form-data': { schema: importForm } }, required: true },
  },
  responses: {
    200: { ...report, description: 'What would be taken, defaulted or refused: a dry run' },
    202: report,
    ...problems(
      catalogErrors,
      'sign-in-required',
      'not-allowed',
      'too-many-requests',
      ...Object.keys(catalogErrors).filter((code) => code.startsWith('import-')),
    ),
  },
})

const readImports = createRoute({
  operationId: 'listImports',
  method: 'get',
  path: '/imports',
  scope: 'read',
  tags,
  summary: 'Your last imports',
  description: 'Newest first; the last 20, without their notes.',
  responses: {
    200: { description: 'Newest first', content: json(importListView) },
    ...problems(catalogErrors, 'sign-in-required', 'not-allowed'),
  },
})

const readImport = createRoute({
  operationId: 'getImport',
  method: 'get',
  path: '/imports/{id}',
  scope: 'read',
  tags,
  summary: 'The report of an import',
  description: 'While `status` is `running`, pictures are still being fetched.',
  request: { params: importParams },
  responses: { 200: report, ...problems(catalogErrors, 'sign-in-required', 'not-allowed', 'not-found') },
})

export const importRoutes = newRouter()
  .openapi(postImport, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'import', 20, 600, userId)
    const { file } = c.req.valid('form')
    const dryRun = c.req.valid('query').dryRun === 'true'
    const fileName = cut(cleanLine(file.name), 200) || 'products.csv'
    const bytes = new Uint8Array(await file.arrayBuffer())
    const result = await importProducts({ sellerId, actorId: userId, fileName, bytes, dryRun })
    if (!result.ok) throw new Problem(result.refusal, catalogErrors, { file: sentenceOf(result.refusal) })
    const { importId } = result.value
    if (importId === null) return c.json(dryRunView(result.value, new Date()), 200)
    return c.json(await ownImport(sellerId, importId), 202)
  })
  .openapi(readImports, async (c) => {
    const { sellerId } = requireSeller(c)
    c.header('Cache-Control', 'no-store')
    return c.json({ imports: await listImports(sellerId) }, 200)
  })
  .openapi(readImport, async (c) => {
    const { sellerId } = requireSeller(c)
    c.header('Cache-Control', 'no-store')
    return c.json(await ownImport(sellerId, c.req.valid('param').id), 200)
  })

/** The refusal with what it was about, where that helps to find it. */
function sentenceOf({ code, detail }: Refusal<CatalogCode>): string {
  const { message } = catalogErrors[code]
  if ('missing' in detail) return `${message} Missing: ${detail.missing}.`
  return 'line' in detail ? `${message} Look at line ${detail.line}.` : message
}

async function ownImport(sellerId: string, id: string) {
  const found = await getImport(sellerId, id)
  if (!found) throw kernelProblem('not-found')
  return found
}
