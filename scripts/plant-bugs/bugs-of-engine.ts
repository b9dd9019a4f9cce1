import type { Bug, Killer } from './bug.ts'

const RULES = 'lib/inventory/rules'
const COMMANDS = 'lib/inventory/commands'
const SQL = 'lib/inventory/sql'
const model: Killer = { file: 'lib/inventory/model.db.test.ts' }
const twoNodes: Killer = { file: 'lib/inventory/plant.race.db.test.ts' }
const race = (only: string): Killer => ({ file: 'lib/inventory/hold.race.db.test.ts', only })

/** What shows only on a database: over a sequence of commands, or between two nodes. */
export const bugsOfEngine: readonly Bug[] = [
  {
    name: 'offer-extended',
    harm: 'an offer that grows begins anew, so the rest of the line waits on',
    edits: [
      {
        file: `${RULES}/waitlist.ts`,
        find: 'offeredUntil: entry.offeredUntil ?? new Date(',
        replace: 'offeredUntil: new Date(',
      },
    ],
    killer: model,
  },
  {
    name: 'visitor-for-ever',
    harm: 'pieces of who signed in count as a visitor’s',
    edits: [
      {
        file: `${RULES}/line.ts`,
        find: 'const next = { ...joined, anonymous: false }',
        replace: 'const next = joined',
      },
    ],
    killer: model,
  },
  {
    name: 'too-few-heads',
    harm: 'freed pieces stay on the shelf while somebody waits',
    edits: [
      {
        file: `${COMMANDS}/change-stock.ts`,
        find: 'return row.available + held + added + ofRow.length',
        replace: 'return row.available',
      },
    ],
    killer: model,
  },
  {
    name: 'cap-per-version',
    harm: 'the cap holds for each version instead of the product',
    edits: [{ file: `${SQL}/stock.ts`, find: 'and capped.cap is not null', replace: 'and capped.cap < 0' }],
    killer: model,
  },
  {
    name: 'offers-not-swept',
    harm: 'an offer passes on only when somebody asks',
    edits: [
      {
        file: `${SQL}/hold.ts`,
        find: 'where offered_until is not null and offered_until <= (select clock_timestamp() -',
        replace: "where offered_until is not null and offered_until <= (select clock_timestamp() - interval '1 year' -",
      },
    ],
    killer: model,
  },
  {
    name: 'checkout-takes-what-is-over',
    harm: 'who comes late pays for pieces others may have',
    edits: [
      {
        file: `${SQL}/checkout.ts`,
        find: "and state = 'held' and expires_at > clock_timestamp()",
        replace: "and state = 'held'",
      },
    ],
    killer: model,
  },
  {
    name: 'failed-payments-extend',
    harm: 'beginning and ending checkouts keeps a piece for ever',
    edits: [{ file: `${SQL}/checkout.ts`, find: 'clock_timestamp(), least(', replace: 'clock_timestamp(), greatest(' }],
    killer: model,
  },
  {
    name: 'queue-jumped',
    harm: 'new pieces go on sale before those that wait for room',
    edits: [
      { file: `${COMMANDS}/capacity.ts`, find: 'room: (count?.queued ?? 0) > 0 ? 0 : free', replace: 'room: free' },
    ],
    killer: model,
  },
  {
    name: 'sale-without-movement',
    harm: 'nobody can tell why there are fewer pieces',
    edits: [
      {
        file: `${COMMANDS}/checkout.ts`,
        find: 'if (sales.length > 0) tx.send(insertMovements(sales))',
        replace: 'if (sales.length < 0) await tx.run(insertMovements(sales))',
      },
    ],
    killer: model,
  },
  {
    name: 'edit-without-movement',
    harm: 'nobody can tell who changed a count',
    edits: [
      {
        file: `${COMMANDS}/change-stock.ts`,
        find: '  await tx.run(insertMovements(changes.map((change) => ({ ...change, id: newId(), orderId: null }))))\n',
        replace: '',
      },
    ],
    killer: race('mixed quantities'),
  },
  {
    name: 'edit-on-an-old-version',
    harm: 'two people who edit a count overwrite each other',
    edits: [
      {
        file: `${COMMANDS}/stock.ts`,
        find: 'edit.change.version !== row.version',
        replace: 'edit.change.version > row.version',
      },
    ],
    killer: race('old version'),
  },
  {
    name: 'merge-drops-a-line',
    harm: 'signing in loses what a visitor had in the cart',
    edits: [
      {
        file: `${RULES}/line.ts`,
        find: 'const joined = twin ? joinLines(line, twin, rested) :',
        replace: 'const joined = twin ? (rested ? twin : line) :',
      },
    ],
    killer: { file: 'lib/cart/cart.db.test.ts', only: 'merges without losing' },
  },
  {
    name: 'no-lock',
    harm: 'two nodes sell the same piece',
    edits: [
      {
        file: `${SQL}/stock.ts`,
        find: '  ))\n  order by variant_id\n  for update`',
        replace: '  ))\n  order by variant_id`',
      },
    ],
    killer: twoNodes,
  },
  {
    name: 'locked-as-asked',
    harm: 'two carts with the same products wait for each other',
    edits: [
      {
        file: `${SQL}/stock.ts`,
        find: '  ))\n  order by variant_id\n',
        replace: '  ))\n  order by array_position(${variantIds}::uuid[], variant_id)\n',
      },
    ],
    killer: twoNodes,
  },
  {
    name: 'position-before-the-lock',
    harm: 'two who join on two nodes get one place',
    edits: [
      {
        file: `${COMMANDS}/change-stock.ts`,
        find: `const [stock, rows] = await Promise.all([
    tx.run(lockStock(variantIds)),`,
        replace: `const early = await tx.run(readStock(variantIds, []))
  const positions = new Map(early.map((row) => [row.variantId, row.nextPosition]))
  const [stock, rows] = await Promise.all([
    tx.run(lockStock(variantIds)).then((locked) =>
      locked.map((row) => ({ ...row, nextPosition: positions.get(row.variantId) ?? row.nextPosition })),
    ),`,
      },
      {
        file: `${COMMANDS}/change-stock.ts`,
        find: 'import { insertMovements, listSellers, lockStock }',
        replace: 'import { insertMovements, listSellers, lockStock, readStock }',
      },
    ],
    killer: twoNodes,
  },
  {
    name: 'holds-before-the-lock',
    harm: 'a batch decides on lines as they were before its turn came',
    edits: [
      {
        file: `${COMMANDS}/change-stock.ts`,
        find: `const [stock, rows] = await Promise.all([
    tx.run(lockStock(variantIds)),
    tx.run(readShelf(variantIds, cartIds, sources, joining)),
  ])`,
        replace: `const [rows, stock] = await Promise.all([
    tx.run(readShelf(variantIds, cartIds, sources, joining)),
    tx.run(lockStock(variantIds)),
  ])`,
      },
    ],
    killer: twoNodes,
  },
  {
    name: 'taken-twice',
    harm: 'an order that two nodes finish leaves the house twice',
    edits: [
      {
        file: `${RULES}/grant.ts`,
        find: 'if (line?.orderId !== orderId) return ok(null)',
        replace: 'if (!line || !orderId) return ok(null)',
      },
    ],
    killer: twoNodes,
  },
  {
    name: 'clock-of-the-node',
    harm: 'a node whose clock is wrong ends holds too early or never',
    edits: [
      {
        file: `${COMMANDS}/change-stock.ts`,
        find: "else if (row.what === 'clock') now = row.now",
        replace: "else if (row.what === 'clock') now = new Date()",
      },
    ],
    killer: twoNodes,
  },
]
