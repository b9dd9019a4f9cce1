import { expect, test } from 'vitest'
import { db, sql, transact, violatedConstraint, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { post } from './commands.ts'
import { auditLedger, getBalance } from './queries.ts'
import { move } from './rules.ts'
import { writeEntries } from './sql.ts'
import type { AccountName, Entry } from './types.ts'

await useTestDatabase()

const CASH: AccountName = { kind: 'cash' }
const ESCROW: AccountName = { kind: 'escrow' }
const seller = (ownerId: string): AccountName => ({ kind: 'seller', ownerId })

const entry = (over: Partial<Entry> = {}): Entry => ({
  id: newId(),
  kind: 'sale',
  subjectId: newId(),
  currency: 'EUR',
  postings: move(CASH, ESCROW, 1_000n, null),
  ...over,
})

const postAll = (...entries: Entry[]) => transact((tx) => Promise.resolve(post(tx, entries)))
const write = (row: Entry) => transact((tx: Tx) => tx.run(writeEntries([row])))
const refusedBy = (work: Promise<unknown>) => work.then(() => null, violatedConstraint)

test('what is posted can be read as balances, to the cent, above nothing and below', async () => {
  const [rich, poor] = [newId(), newId()]
  await postAll(
    entry({ postings: [...move(CASH, seller(rich), 70n, null), ...move(CASH, seller(rich), 5n, null)] }),
    entry({ kind: 'payout', postings: move(seller(poor), CASH, 12n, null) }),
  )
  await postAll(entry({ postings: move(seller(rich), CASH, 33n, null) }))
  expect(await Promise.all([getBalance(rich), getBalance(poor), getBalance(newId())])).toEqual([42n, -12n, 0n])
  expect((await auditLedger()).breaches).toEqual([])
})

test('an entry that does not sum to nothing is a bug in the code, and cannot be committed past the code either', async () => {
  const lopsided = entry({ postings: [{ account: CASH, amountCents: -5n, sourceId: null }] })
  await expect(postAll(lopsided)).rejects.toThrow('does not sum to nothing')
  expect(await refusedBy(write(lopsided))).toBe('posting_zero_sum')
  const missing = entry({ currency: 'XXX' })
  await expect(write(missing)).rejects.toMatchObject({ code: '23502', column: 'account_id' })
  expect(await refusedBy(write(entry({ postings: [] })))).toBe('journal_entry_postings')
  expect((await auditLedger()).breaches).toEqual([])
})

test('two currencies do not make up for each other', async () => {
  await db.run(sql`insert into account (kind, currency) values ('cash', 'USD'), ('escrow', 'USD')`)
  const euros = entry()
  await write(euros)
  const add = (kind: string, cents: bigint) => sql`
    insert into posting (entry_id, number, account_id, amount_cents)
    select ${euros.id}, ${kind === 'cash' ? 8 : 9}, id, ${cents}
    from account
    where kind = ${kind}::account_kind and currency = ${kind === 'cash' ? 'USD' : 'EUR'}`
  const both = transact(async (tx) => {
    await tx.run(add('cash', -7n))
    await tx.run(add('escrow', 7n))
  })
  expect(await refusedBy(both)).toBe('posting_zero_sum')
})

test('what happened once is not written twice, whoever tries at once', async () => {
  const owner = newId()
  const sale = () => entry({ subjectId: owner, postings: move(CASH, seller(owner), 100n, null) })
  const tries = await Promise.all(Array.from({ length: 10 }, () => refusedBy(postAll(sale()))))
  expect(tries.filter((constraint) => constraint === null)).toHaveLength(1)
  expect(new Set(tries)).toEqual(new Set([null, 'journal_entry_kind_subject_id_key']))
  expect(await getBalance(owner)).toBe(100n)
})

test.each([
  ['update posting set amount_cents = amount_cents + 1'],
  ['delete from posting'],
  ['truncate posting'],
  ['update journal_entry set kind = kind'],
  ['delete from journal_entry'],
  ['truncate journal_entry cascade'],
  ['update account set currency = currency'],
  ['delete from account'],
  ['truncate account cascade'],
])('nobody may %s', async (text) => {
  await postAll(entry())
  await expect(db.run({ name: '', text, values: [] })).rejects.toMatchObject({ code: '42501' })
})

test('many who post to the same sellers at once lose no cent and never deadlock', async () => {
  const owners = Array.from({ length: 5 }, newId)
  const posts = Array.from({ length: 200 }, (_, index) => {
    const order = index % 2 === 0 ? owners : owners.toReversed()
    return postAll(entry({ postings: order.flatMap((owner) => move(CASH, seller(owner), BigInt(index), null)) }))
  })
  await Promise.all(posts)
  const balances = await Promise.all(owners.map(getBalance))
  expect(balances).toEqual(owners.map(() => 19_900n))
  expect((await auditLedger()).breaches).toEqual([])
})

test('the audit sees a balance that was changed by hand', async () => {
  const owner = newId()
  await postAll(entry({ postings: move(CASH, seller(owner), 10n, null) }))
  const setBalance = (cents: bigint) =>
    db.run(sql`
      update account_balance
      set balance_cents = ${cents}
      where account_id = (select id from account where owner_id = ${owner})`)
  await setBalance(11n)
  const { breaches } = await auditLedger()
  await setBalance(10n)
  expect(breaches).toEqual([expect.objectContaining({ what: 'balance', foundCents: 11n, expectedCents: 10n })])
})
