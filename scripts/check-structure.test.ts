import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkStructure } from './check-structure/check.ts'
import { readTree } from './check-structure/tree.ts'

const clean = {
  'server.ts': `import { cartRoutes } from '#lib/cart/routes'\n`,
  'app/(shop)/products/[slug]/page.tsx': `import { getCart } from '#lib/cart/queries'\nexport default function Page() { return null }\n`,
  'components/ui/button.tsx': `export function Button() { return null }\n`,
  'components/cart/cart-line.tsx': `import { Button } from '#components/ui/button'\nimport type { CartView } from '#lib/cart/schema'\n`,
  'lib/money.ts': 'export type Cents = bigint\n',
  'lib/db.ts': `import pg from 'pg'\n`,
  'lib/cart/README.md': '# Cart\n',
  'lib/cart/schema.ts': `import * as z from 'zod'\n`,
  'lib/cart/rules.ts': `import type { Cents } from '#lib/money'\n`,
  'lib/cart/sql.ts': `import { sql } from '#lib/db'\n`,
  'lib/cart/queries.ts': `import { db } from '#lib/db'\nimport { listLines } from './sql.ts'\n`,
  'lib/cart/commands/open-cart.ts': `import { insertCart } from '../sql.ts'\n`,
  'lib/cart/routes.ts': `import { openCart } from './commands/open-cart.ts'\nimport { newRouter } from '#lib/api/route'\n`,
  'lib/cart/open-cart.db.test.ts': `import { db } from '#lib/db'\n`,
  'lib/orders/README.md': '# Orders\n',
  'lib/orders/commands.ts': `import { openCart } from '#lib/cart/commands/open-cart'\n`,
  'lib/api/README.md': '# API\n',
  'lib/api/route.ts': 'export {}\n',
}

function faultsWith(planted: Record<string, string>): readonly string[] {
  return checkStructure(new Map(Object.entries({ ...clean, ...planted }))).faults
}

/** Line endings for as many lines as are asked for. */
function linesOf(count: number): string {
  return '// a line\n'.repeat(count)
}

test('a tree that follows the layout has no faults', () => {
  expect(faultsWith({})).toEqual([])
})

test('a lower noun that imports a higher one is told which way imports run', () => {
  expect(faultsWith({ 'lib/cart/commands.ts': `\nimport { placeOrder } from '#lib/orders/commands'\n` })).toEqual([
    'lib/cart/commands.ts:2 imports lib/orders/commands.ts: orders stands above cart, and nouns import only downward; ' +
      'call lib/cart from the higher one, or wire both in routes, rooms or tasks.',
  ])
})

test.each([
  [
    'lib/cart/rules.ts',
    `import { db } from '#lib/db'`,
    'rules is pure: let a command or a query load it and pass it in.',
  ],
  ['lib/cart/rules.ts', `import { z } from 'zod'`, 'rules are pure and import no package'],
  ['lib/cart/queries.ts', `import { openCart } from './commands/open-cart.ts'`, 'what writes belongs in commands.'],
  ['lib/cart/sql.ts', `import { getCart } from './queries.ts'`, 'a statement decides nothing'],
  ['lib/cart/routes.ts', `import { db } from '#lib/db'`, 'routes know HTTP and one command'],
  [
    'lib/cart/commands/open-cart.ts',
    `import { newRouter } from '#lib/api/route'`,
    'only routes, rooms and tasks may know',
  ],
  ['lib/cart/commands/open-cart.ts', `import { cartRoutes } from '../routes.ts'`, 'routes sit above all nouns'],
  ['lib/cart/queries.ts', `import { Button } from '#components/ui/button'`, 'lib decides and never draws'],
  ['lib/db.ts', `import { getCart } from '#lib/cart/queries'`, 'the kernel imports nothing above it'],
  ['lib/money.ts', `import { db } from '#lib/db'`, 'the pure kernel touches neither database'],
  ['lib/cart/queries.ts', `import { startNode } from '../../server.ts'`, 'what starts the process is never imported'],
  [
    'components/cart/cart-line.tsx',
    `import { getCart } from '#lib/cart/queries'`,
    'a page reads the rest and passes it down',
  ],
  [
    'components/cart/cart-line.tsx',
    `import { cartView } from '#lib/cart/schema'`,
    'write `import type`, or zod ends up',
  ],
  ['components/cart/cart-line.tsx', `import { readFile } from 'node:fs'`, 'this ends up in the browser'],
  ['components/ui/button.tsx', `import type { CartView } from '#lib/cart/schema'`, 'components/ui knows no noun'],
  ['app/(shop)/page.tsx', `import { openCart } from '#lib/cart/commands/open-cart'`, 'a change goes through the API'],
  [
    'app/(shop)/buy.tsx',
    `'use client'\nimport { getCart } from '#lib/cart/queries'`,
    'components take types, schema, rules',
  ],
  ['lib/cart/sql.ts', `import { gone } from './types.ts'`, 'which is not there'],
])('%s may not say: %s', (path, text, sentence) => {
  const named = faultsWith({ [path]: `${text}\n` }).filter((fault) => fault.startsWith(`${path}:`))
  expect(named).toHaveLength(1)
  expect(named[0]).toContain(sentence)
})

test.each([
  ['lib/cart/helpers.ts', 'helpers, which says nothing'],
  ['components/cart/index.tsx', 'index, which says nothing'],
  ['lib/cart/discounts.ts', '"discounts" is not a word of lib/cart. Put what it holds where it belongs: types (shapes'],
  ['lib/wallet/commands.ts', '"wallet" is not a noun of the layout'],
  ['lib/strings.ts', 'stands among the kernel'],
  ['lib/cart/sql/hold/lock.ts', 'lies too deep'],
  ['lib/orders/payments/paypal.ts', 'payments holds one file per provider'],
  ['lib/cart/sql/lockStock.ts', '"lockStock" is not in kebab-case'],
  ['components/button.tsx', 'belongs in a folder named after what it draws'],
  ['src/start.ts', 'a top folder that the layout does not know'],
  ['start.ts', 'stands in the root'],
])('%s is a name that is refused', (path, sentence) => {
  expect(faultsWith({ [path]: '' }).join('\n')).toContain(sentence)
})

test('the 301st line is one too many', () => {
  expect(faultsWith({ 'lib/cart/rules.ts': linesOf(300) })).toEqual([])
  expect(faultsWith({ 'lib/cart/rules.ts': linesOf(301) })).toEqual([
    'lib/cart/rules.ts has 301 lines, and 300 is the most: split it by what its parts do (a word may become a folder).',
  ])
})

test('a test may have 500 lines and a README of a noun 30', () => {
  expect(faultsWith({ 'lib/cart/rules.test.ts': linesOf(500) })).toEqual([])
  expect(faultsWith({ 'lib/cart/rules.test.ts': linesOf(501) })[0]).toContain('500 is the most')
  expect(faultsWith({ 'lib/cart/README.md': linesOf(31) })[0]).toContain('30 is the most')
})

test('a noun without a README is told what to write', () => {
  expect(faultsWith({ 'lib/search/queries.ts': '' })).toEqual([
    'lib/search/README.md is missing: its words, invariants, tables and lock order, in 30 lines.',
  ])
})

test('a ring of files is named link by link; a ring of types is none', () => {
  const ring = (link: string) => ({
    'lib/cart/sql/lock.ts': `${link} { b } from './read.ts'\n`,
    'lib/cart/sql/read.ts': `${link} { a } from './lock.ts'\n`,
  })
  expect(faultsWith(ring('import'))[0]).toContain(
    'lib/cart/sql/lock.ts → lib/cart/sql/read.ts → lib/cart/sql/lock.ts is a cycle',
  )
  expect(faultsWith(ring('import type'))).toEqual([])
})

test('a rule that looks at the clock, the dice or the environment is no rule', () => {
  const rule = 'export const at = () => [Date.now(), new Date(), Math.random(), process.env]\n'
  expect(faultsWith({ 'lib/cart/rules.ts': rule })).toHaveLength(4)
})

test('barrels and default exports are refused', () => {
  expect(faultsWith({ 'lib/cart/types.ts': `export * from './schema.ts'\n` }).at(-1)).toContain('passes on all')
  expect(faultsWith({ 'lib/cart/types.ts': 'export default 1\n' })[0]).toContain('has a default export')
})

test('the files of this checkout are found, and each planted fault among them', async () => {
  const tree = await readTree(join(import.meta.dirname, '..'))
  const before = checkStructure(tree)
  expect(before.modules).toBeGreaterThan(120)
  const planted = new Map(tree)
    .set('lib/inventory/utils.ts', `import { placeOrder } from '#lib/orders/commands/place-order'\n`)
    .set('lib/cart/rules.ts', linesOf(301))
  const added = checkStructure(planted).faults.filter((fault) => !before.faults.includes(fault))
  expect(added.join('\n')).toMatch(/301 lines[^]*named utils[^]*orders stands above inventory/)
}, 30_000)
