import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { useTestDatabase } from '../../../scripts/test-database.ts'
import { TEST_CARDS, type CardBehaviour } from '../rules/card.ts'
import { answerChallenge, markSent, sandbox, signWebhook, SIGNATURE_HEADER, takeWebhooks } from './sandbox.ts'

await useTestDatabase()
process.env.SANDBOX_SLOW_MS = '50'
process.env.SANDBOX_LATE_MS = '1000'

function requestOf(does: CardBehaviour, over: { key?: string; capture?: 'now' | 'later'; amountCents?: bigint } = {}) {
  const number = TEST_CARDS.find((card) => card.does === does)?.number ?? ''
  const card = { number, name: 'Ada', expiry: '01/40', cvc: '123' }
  const key = `order:${newSecret()}`
  return {
    key,
    amountCents: 2000n,
    currency: 'EUR',
    card,
    returnUrl: '/back',
    capture: 'now' as const,
    ref: null,
    ...over,
  }
}

async function capturedOf(amountCents = 2000n): Promise<string> {
  const state = await sandbox.authorize(requestOf('pay', { amountCents }))
  expect(state.status).toBe('captured')
  return state.ref
}

test.each([
  ['pay', { status: 'captured' }],
  ['pay-slowly', { status: 'captured' }],
  ['card-declined', { status: 'declined', code: 'card-declined' }],
  ['insufficient-funds', { status: 'declined', code: 'insufficient-funds' }],
  ['ask', { status: 'challenge', url: expect.stringMatching(/^\/checkout\/challenge\/\w{32}$/) as string }],
  ['pay-late', { status: 'pending' }],
] as const)('the card that does “%s”, and ten repeats at once: the same answer each time', async (does, expected) => {
  const request = requestOf(does)
  const states = await Promise.all(Array.from({ length: 10 }, () => sandbox.authorize(request)))
  expect(states[0]).toMatchObject(expected)
  for (const state of states) expect(state).toEqual(states[0])
  expect(await sandbox.find(request)).toEqual(states[0])
})

test('the answer that is lost is in the book: asked again, it is there', async () => {
  const request = requestOf('lose-answer')
  await expect(sandbox.authorize(request)).rejects.toThrow('was lost')
  expect(await sandbox.find(request)).toMatchObject({ status: 'captured' })
  expect(await sandbox.close(request)).toMatchObject({ status: 'captured' })
})

test('a key with another amount throws; a key that was never used is nothing', async () => {
  const request = requestOf('pay')
  await sandbox.authorize(request)
  await expect(sandbox.authorize({ ...request, amountCents: 1n })).rejects.toThrow('another amount')
  expect(await sandbox.find(requestOf('pay'))).toBeNull()
})

test('what is closed stays closed: a card, an approval and a capture come too late', async () => {
  const abandoned = { status: 'declined', code: 'abandoned' }
  const [unused, asked, aside] = [requestOf('pay'), requestOf('ask'), requestOf('pay', { capture: 'later' })]
  expect(await sandbox.close(unused)).toMatchObject(abandoned)
  expect(await sandbox.authorize(unused)).toMatchObject(abandoned)
  await sandbox.authorize(asked)
  expect(await sandbox.close(asked)).toMatchObject(abandoned)
  expect(await answerChallenge(asked.key, true)).toBe(false)
  expect(await sandbox.find(asked)).toMatchObject(abandoned)
  expect(await sandbox.authorize(aside)).toMatchObject({ status: 'authorized' })
  expect(await sandbox.close(aside)).toMatchObject(abandoned)
  expect(await sandbox.capture(aside)).toMatchObject(abandoned)
})

test('what is put aside is taken once', async () => {
  const request = requestOf('pay', { capture: 'later' })
  const { ref } = await sandbox.authorize(request)
  const taken = await Promise.all([sandbox.capture(request), sandbox.capture(request)])
  expect(taken).toEqual(Array(2).fill({ status: 'captured', ref }))
  expect(await sandbox.close(request)).toEqual({ status: 'captured', ref })
})

test('an approval and a closing at once: one of them, and everyone hears the same', async () => {
  for (let round = 0; round < 20; round++) {
    const request = requestOf('ask')
    await sandbox.authorize(request)
    const [isFirst, closed] = await Promise.all([answerChallenge(request.key, true), sandbox.close(request)])
    expect(closed.status).toBe(isFirst ? 'captured' : 'declined')
    expect(await sandbox.find(request)).toEqual(closed)
  }
})

test('a challenge is answered once, and told once', async () => {
  const request = requestOf('ask')
  const { ref } = await sandbox.authorize(request)
  const answers = await Promise.all([answerChallenge(request.key, false), answerChallenge(request.key, false)])
  expect(answers.toSorted()).toEqual([false, true])
  expect(await answerChallenge(request.key, true)).toBe(false)
  expect(await sandbox.find(request)).toEqual({ status: 'declined', ref, code: 'challenge-failed' })
})

test('what is confirmed later is told twice, not before its time, and until it was heard', async () => {
  const request = requestOf('pay-late')
  const begun = performance.now()
  const { ref } = await sandbox.authorize(request)
  const heard: string[] = []
  while (heard.length < 3 && performance.now() - begun < 8_000) {
    for (const { id, body, signature } of await takeWebhooks()) {
      if (!body.includes(request.key)) continue
      const event = sandbox.verifyWebhook(body, (name) => (name === SIGNATURE_HEADER ? signature : undefined))
      expect(event).toEqual({ id, payment: { key: request.key, ref } })
      heard.push(id)
      // The first one gets lost on its way.
      if (heard.length > 1) await markSent(id)
    }
    await db.run(sql`update sandbox_event set deliver_at = now() where key = ${request.key} and ${heard.length} > 0`)
  }
  expect(heard).toHaveLength(3)
  expect(new Set(heard).size).toBe(1)
  expect(performance.now() - begun).toBeGreaterThan(990)
  expect(await db.run(sql`select 1 from sandbox_event where key = ${request.key}`)).toEqual([])
  expect(await sandbox.find(request)).toEqual({ status: 'captured', ref })
})

test('refunds, whole and in part: each key once, never above what was captured, however many at once', async () => {
  const chargeRef = await capturedOf(2000n)
  const refund = (key: string, amountCents: bigint) => sandbox.refund({ key, chargeRef, amountCents, currency: 'EUR' })
  const [first, again] = await Promise.all([refund('refund:1', 700n), refund('refund:1', 700n)])
  expect(first).toMatchObject({ status: 'refunded' })
  expect(again).toEqual(first)
  await expect(refund('refund:1', 701n)).rejects.toThrow('another refund')
  const many = await Promise.all(Array.from({ length: 20 }, (_, at) => refund(`refund:many-${at}`, 100n)))
  expect(many.filter((made) => made.status === 'refunded')).toHaveLength(13)
  expect(many.filter((made) => made.status === 'refused')).toEqual(
    Array(7).fill({ status: 'refused', code: 'exceeds-charge' }),
  )
  const [sum] = await db.run(sql<{ refunded: bigint; lines: number }>`
    select charge.refunded_cents as refunded, count(*)::int as lines
    from sandbox_charge as charge
    join sandbox_refund as refund on refund.charge_ref = charge.ref
    where charge.ref = ${chargeRef}
    group by charge.key`)
  expect(sum).toEqual({ refunded: 2000n, lines: 14 })
})

test('nothing is refunded of a charge that was declined, or is unknown', async () => {
  const { ref } = await sandbox.authorize(requestOf('card-declined'))
  const refund = { amountCents: 1n, currency: 'EUR' }
  expect(await sandbox.refund({ ...refund, key: newSecret(), chargeRef: ref })).toMatchObject({ status: 'refused' })
  expect(await sandbox.refund({ ...refund, key: newSecret(), chargeRef: 'none' })).toMatchObject({ status: 'refused' })
})

test('a transfer is made once per key', async () => {
  const request = { key: 'payout:1', sellerAccount: 'seller-1', amountCents: 900n, currency: 'EUR' }
  const made = await Promise.all([sandbox.transfer(request), sandbox.transfer(request)])
  expect(made[0]).toMatchObject({ status: 'transferred' })
  expect(made[1]).toEqual(made[0])
  await expect(sandbox.transfer({ ...request, amountCents: 901n })).rejects.toThrow('another transfer')
  await expect(sandbox.transfer({ ...request, sellerAccount: 'seller-2' })).rejects.toThrow('another transfer')
  expect(await db.run(sql`select 1 from sandbox_transfer`)).toHaveLength(1)
})

test('a webhook is believed for its signature: not forged, not changed, not old', () => {
  const body = JSON.stringify({ id: 'event_1', payment: null })
  const verify = (text: string, given: string | undefined) => sandbox.verifyWebhook(text, () => given)
  const now = Date.now()
  const good = signWebhook(body, now)
  expect(verify(body, good)).toEqual({ id: 'event_1', payment: null })
  expect(verify(`${body} `, good)).toBeNull()
  expect(verify(body, undefined)).toBeNull()
  expect(
    verify(
      body,
      good.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    ),
  ).toBeNull()
  expect(verify(body, good.replace(String(now), String(now + 1)))).toBeNull()
  expect(verify(body, signWebhook(body, now - 6 * 60_000))).toBeNull()
})
