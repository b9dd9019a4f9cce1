import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revokeToken } from '#lib/auth/commands/tokens'
import { createJudge, send, type WireAnswer } from '../../scripts/test-contract/answers.ts'
import { peopleOf, spareToken, type Person } from '../../scripts/test-contract/people.ts'
import { requestsTo, type WireRequest } from '../../scripts/test-contract/requests.ts'
import type { Known } from '../../scripts/test-contract/values.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { isLong } from '../../scripts/test-race.ts'
import { startWebNode, type WebNode } from '../../scripts/test-web.ts'
import type { ApiDocument, ApiOperation, WhoMay } from './openapi/types.ts'
import { apiDocument } from './app.ts'

await useTestDatabase()

const document: ApiDocument = apiDocument()
const judge = createJudge(document)
// Whoever opens a shop may do more from then on, so that comes last.
const operations = Object.entries(document.paths)
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, operation })))
  .toSorted((a, b) => Number(a.operation.operationId === 'openShop') - Number(b.operation.operationId === 'openShop'))
// Each is asked by four people; a long run asks until the rare ones turned up too.
const RUNS = isLong ? 150 : 15

let node: WebNode
let people: Person[]
let known: Known

beforeAll(async () => {
  node = await startWebNode({ RATE_LIMIT_FACTOR: '100000' })
  const made = await peopleOf(node.url)
  people = made.people
  known = made.known
})
afterAll(() => node.kill())

test.each(operations)(
  '$method $path answers whatever is sent as the document says',
  { timeout: 600_000 },
  async ({ method, path, operation }) => {
    const isEnd = ENDS.has(operation.operationId)
    const requests = requestsTo(
      { method, path },
      operation,
      document,
      isEnd ? { ...known, id: known.tokenId ?? [] } : known,
    )
    const ask = async (person: Person, request: WireRequest) => {
      const answer = await (isEnd ? sendOnce(request, person) : send(node.url, signed(request, person)))
      const fault = judge(operation, answer) ?? overreach(person, operation, answer)
      if (fault) throw new Error(`${person.name}: ${fault}`)
    }
    await Promise.all(
      people.map((person) =>
        fc.assert(
          fc.asyncProperty(requests, (request) => ask(person, request)),
          { numRuns: RUNS },
        ),
      ),
    )
  },
)

test('the document itself, an unknown address and an unknown method are answered in the same form', async () => {
  const ask = async (method: string, path: string) => {
    const { status, type, text } = await send(node.url, { method, path, headers: {}, body: null })
    return { status, type, body: JSON.parse(text) as { code?: string } }
  }
  expect((await ask('GET', '/api/v1/openapi.json')).body).toEqual(JSON.parse(JSON.stringify(document)))
  for (const [method, path] of [
    ['GET', '/api/v1/nothing'],
    ['PATCH', '/api/v1/cart'],
    ['GET', '/api/v1/..%2f..%2fetc%2fpasswd'],
  ] as const) {
    const { status, type, body } = await ask(method, path)
    expect([status, type, body.code]).toEqual([404, 'application/problem+json', 'not-found'])
  }
})

/** They end what the caller asks with: each request has a token of its own. */
const ENDS = new Set(['logOut', 'revokeToken', 'endOtherSessions'])

async function sendOnce(request: WireRequest, person: Person): Promise<WireAnswer> {
  const { userId } = person
  if (userId === null) return send(node.url, request)
  const spare = await spareToken(userId)
  const answer = await send(node.url, signed(request, { ...person, token: spare.token }))
  await revokeToken({ userId, id: spare.id })
  return answer
}

function signed(request: WireRequest, { token }: Person): WireRequest {
  return token ? { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } } : request
}

const MAY: Readonly<Record<WhoMay, readonly Person['name'][]>> = {
  anyone: ['nobody', 'member', 'seller', 'operator'],
  member: ['member', 'seller', 'operator'],
  seller: ['seller'],
  operator: ['operator'],
}

/** Whether somebody was let in whom the document keeps out. */
function overreach({ name }: Person, operation: ApiOperation, { status }: WireAnswer): string | null {
  const isLetIn = status < 400 && !MAY[operation['x-who-may']].includes(name)
  return isLetIn ? `may not, and was answered with ${status}` : null
}
