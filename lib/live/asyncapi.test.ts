import { describe, expect, it } from 'vitest'
import { asyncApiDocument } from './asyncapi.ts'
import { parseRoom, ROOMS_PER_SOCKET } from './rules.ts'
import { roomEventViews, serverMessages } from './schema.ts'

type Tree = Readonly<Record<string, unknown>>

const document = asyncApiDocument(new URL('https://souk.example'))

describe('the AsyncAPI document', () => {
  it('has what version 3.0 requires of each of its parts', () => {
    expect(document).toMatchObject({ asyncapi: '3.0.0', info: { title: 'Souk live', version: '1' } })
    for (const server of partsOf('servers')) expect(server).toMatchObject({ host: 'souk.example', protocol: 'wss' })
    for (const channel of partsOf('channels')) expect(channel).toMatchObject({ address: anyText, messages: anyTree })
    for (const operation of partsOf('operations')) {
      expect(operation).toMatchObject({ channel: { $ref: anyText }, messages: anyList })
      expect(['send', 'receive']).toContain(operation.action)
    }
    for (const message of Object.values(messages())) expect(message).toMatchObject({ name: anyText, payload: anyTree })
  })

  it('names every parameter that is in an address', () => {
    for (const channel of partsOf('channels')) {
      const named = [...String(channel.address).matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      expect(Object.keys((channel.parameters ?? {}) as Tree)).toEqual(named)
    }
  })

  it('points only to what is there, and an operation only to messages of its own channel', () => {
    const refs = refsIn(document)
    expect(refs.length).toBeGreaterThan(20)
    for (const ref of refs) expect(resolve(ref), ref).toBeDefined()
    for (const operation of partsOf('operations')) {
      const { $ref } = operation.channel as { $ref: string }
      for (const message of operation.messages as { $ref: string }[]) {
        expect(message.$ref.startsWith(`${$ref}/messages/`), message.$ref).toBe(true)
      }
    }
  })

  it('has a message for everything the server says and every event of a room, and no other', () => {
    const events = Object.keys(roomEventViews).map((type) => `event-${type}`)
    const others = Object.keys(serverMessages).filter((name) => name !== 'event')
    const wanted = [...events, ...others, 'subscribe', 'unsubscribe', 'snapshot']
    expect(Object.keys(messages()).toSorted()).toEqual(wanted.toSorted())
    const shown = partsOf('channels').flatMap((channel) => Object.keys(channel.messages as Tree))
    expect([...new Set(shown)].toSorted()).toEqual(wanted.toSorted())
  })

  it('says what a count is in plain JSON Schema, with no field left out and none allowed besides', () => {
    const stock = messages().stock as { payload: { items: [{ items: { required: string[] } & Tree }] } }
    const state = stock.payload.items[0].items
    expect(state).toMatchObject({ type: 'object', additionalProperties: false })
    expect(state.required.toSorted()).toEqual(Object.keys(state.properties as Tree).toSorted())
  })

  it('tells addresses and limits as they are', () => {
    const id = '0199a2f0-0000-7000-8000-000000000001'
    const rooms = partsOf('channels').map((channel) => String(channel.address).replace('{id}', id))
    expect(rooms.filter((room) => parseRoom(room)).length).toBe(4)
    expect((document.info as { description: string }).description).toContain(`${ROOMS_PER_SOCKET} rooms`)
  })
})

const anyText = expect.any(String) as unknown
const anyTree = expect.any(Object) as unknown
const anyList = expect.any(Array) as unknown

function partsOf(name: string): Tree[] {
  return Object.values(document[name] as Record<string, Tree>)
}

function messages(): Readonly<Record<string, Tree>> {
  return (document.components as { messages: Record<string, Tree> }).messages
}

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => (key === '$ref' ? [String(part)] : refsIn(part)))
}

function resolve(ref: string): unknown {
  const path = ref.replace(/^#\//, '').split('/')
  return path.reduce<unknown>((part, key) => (part as Tree | undefined)?.[key], document)
}
