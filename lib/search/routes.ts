import { page } from '#lib/api/list'
import { clientAddress, createRoute, json, limit, newRouter, problems } from '#lib/api/route'
import { search, suggestTitles } from './queries.ts'
import { FOUND_MAX } from './rules/places.ts'
import { searchQuery, searchView, suggestionsQuery, suggestionsView } from './schema.ts'

const readSearch = createRoute({
  operationId: 'searchProducts',
  method: 'get',
  path: '/search',
  scope: 'none',
  tags: ['Products'],
  summary: 'Find what is on sale',
  description:
    'Looks for words in title, keywords, category, description and the name of the shop, in this order of weight; accents and ' +
    'endings do not matter. Without words everything is found. Any text is taken: what it does not understand, it leaves out. ' +
    `Of what is found, at most ${FOUND_MAX} are counted, and the newest ${FOUND_MAX} are ranked by relevance; other sorts go through all.`,
  request: { query: searchQuery },
  responses: {
    200: { description: 'A page of what was found', content: json(searchView) },
    ...problems({}, 'too-many-requests', 'busy'),
  },
})

const readSuggestions = createRoute({
  operationId: 'suggestTitles',
  method: 'get',
  path: '/search/suggestions',
  scope: 'none',
  tags: ['Products'],
  summary: 'Titles that go on as somebody has begun to type',
  description: 'For a field that is being typed into: up to 8 titles, each once.',
  request: { query: suggestionsQuery },
  responses: {
    200: { description: 'The titles', content: json(suggestionsView) },
    ...problems({}, 'too-many-requests', 'busy'),
  },
})

/** What everyone may look for, as often as a person could. */
export const searchRoutes = newRouter()
  .openapi(readSearch, async (c) => {
    limit(c, 'search', 240, 60, clientAddress(c))
    c.header('Cache-Control', 'no-cache')
    return c.json(page(c, await search(c.req.valid('query'))), 200)
  })
  .openapi(readSuggestions, async (c) => {
    limit(c, 'suggestions', 600, 60, clientAddress(c))
    c.header('Cache-Control', 'no-cache')
    return c.json({ titles: await suggestTitles(c.req.valid('query').q) }, 200)
  })
