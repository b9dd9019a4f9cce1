import type { Bug, Killer } from './bug.ts'

const fence: Killer = { file: 'lib/trader/fence.db.test.ts' }
const failover: Killer = {
  file: 'lib/trader/lease.race.db.test.ts',
  only: 'whether traders stand still or die',
  // The first stands still between its clock check and its first statement.
  env: { TRADER_RUNS: '1' },
}
const payouts: Killer = { file: 'lib/trader/pay-out.db.test.ts' }
const rules: Killer = { file: 'lib/trader/rules.test.ts' }

/** What shows when a trader stands still, dies, or does something twice. */
export const bugsOfTrader: readonly Bug[] = [
  {
    name: 'no-fence',
    harm: 'a trader that stood still goes on where it was, beside the next one',
    edits: [
      {
        file: 'lib/trader/fence.ts',
        find: "if (!row) throw new StaleEpoch(epoch, 'fence')",
        replace: 'void row',
      },
    ],
    killer: failover,
  },
  {
    name: 'fence-without-a-lock',
    harm: 'another turn begins while a transaction of the one before is under way',
    edits: [
      {
        file: 'lib/trader/sql/lease.ts',
        find: 'where name = ${NAME} and epoch = ${epoch}\n  for key share`',
        replace: 'where name = ${NAME} and epoch = ${epoch}`',
      },
    ],
    killer: fence,
  },
  {
    name: 'takeover-waits-for-nobody',
    harm: 'the fence’s lock stands in nobody’s way',
    edits: [
      // Either would be enough: the lock, and that the epoch is part of a key.
      {
        file: 'lib/trader/sql/lease.ts',
        find: '(expires_at <= clock_timestamp() or holder = ${node})\n    for update',
        replace: '(expires_at <= clock_timestamp() or holder = ${node})\n    for no key update',
      },
      {
        file: 'prisma/migrations/20261121190000_trader/migration.sql',
        find: 'CREATE UNIQUE INDEX "trader_lease_name_epoch_key" ON "trader_lease"("name", "epoch");',
        replace: '',
      },
    ],
    killer: fence,
  },
  {
    name: 'statements-past-the-fence',
    harm: 'what a duty writes outside a transaction is not kept out',
    edits: [
      {
        file: 'lib/db.ts',
        find: 'guards.getStore() ? transact((tx) => tx.run(statement)) : runOn(pool(), statement)',
        replace: 'runOn(pool(), statement)',
      },
    ],
    killer: fence,
  },
  {
    name: 'lease-counted-from-the-answer',
    harm: 'two nodes take themselves for the trader when answers are slow',
    edits: [
      {
        file: 'lib/trader/rules.ts',
        find: "return standing.role === 'trader' && now < standing.confirmedAt + times.stepDownMs",
        replace: "return standing.role === 'trader' && now < standing.confirmedAt + times.ttlMs + times.renewMs / 2",
      },
    ],
    killer: rules,
  },
  {
    name: 'no-step-down',
    harm: 'a trader that the network has cut off goes on until somebody tells it, which nobody can',
    edits: [
      {
        file: 'lib/trader/lease.ts',
        find: 'alarm = setTimeout(seat.leave, Math.max(0, next.confirmedAt + TIMES.stepDownMs - performance.now()))',
        replace: 'void alarm',
      },
      {
        file: 'lib/trader/rules.ts',
        find: "return standing.role === 'trader' && now < standing.confirmedAt + times.stepDownMs",
        replace: "return standing.role === 'trader' && now < standing.confirmedAt + times.stepDownMs * 1e3",
      },
    ],
    killer: { file: 'lib/trader/lease.db.test.ts' },
  },
  {
    name: 'connection-lost-for-good',
    harm: 'after a restart of the database nobody trades until the nodes are restarted too',
    edits: [
      {
        file: 'lib/line.ts',
        find: 'if (current?.client === client) current = null',
        replace: 'void current',
      },
    ],
    killer: { file: 'lib/trader/runner.race.db.test.ts' },
  },
  {
    name: 'balance-not-locked',
    harm: 'a payout takes what a refund took at the same time',
    edits: [
      {
        file: 'lib/trader/sql/payout.ts',
        find: '  for no key update of balance skip locked`',
        replace: '`',
      },
    ],
    killer: { ...payouts, only: 'refunds and payouts at once' },
  },
  {
    name: 'a-key-per-try',
    harm: 'a payout whose answer was lost is transferred again',
    edits: [
      {
        file: 'lib/trader/commands/pay-out.ts',
        find: 'transfer({ key, sellerAccount, amountCents, currency })',
        replace: 'transfer({ key: key + payout.tries, sellerAccount, amountCents, currency })',
      },
    ],
    killer: { ...payouts, only: 'a provider that pays and then goes wrong' },
  },
  {
    name: 'payout-ended-twice',
    harm: 'a trader that comes back ends a payout again',
    edits: [
      {
        file: 'lib/trader/sql/payout.ts',
        find: "where id = ${id} and status = 'pending'\n  returning id`",
        replace: 'where id = ${id}\n  returning id`',
      },
    ],
    killer: { ...payouts, only: 'every step ten times at once' },
  },
  {
    name: 'payout-left-lying',
    harm: 'a payout whose trader died waits until its time has come again',
    edits: [
      {
        file: 'lib/trader/sql/payout.ts',
        find: '(epoch < ${epoch} or resume_at <= (select clock_timestamp()))',
        replace: 'resume_at <= (select clock_timestamp())',
      },
    ],
    killer: { ...payouts, only: 'gone on with by the next turn at once' },
  },
]
