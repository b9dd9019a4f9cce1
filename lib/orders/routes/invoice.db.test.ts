import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../../scripts/test-database.ts'
import { serveRoutes } from '../../../scripts/test-routes.ts'
import { makeMember } from '../../../scripts/test-market.ts'
import { makePaidPart, type TestPart } from '../../../scripts/test-orders.ts'
import { refund } from '../commands/refund.ts'
import { invoiceRoutes } from './invoice.ts'

await useTestDatabase()

function serve(member: { userId: string; sellerId?: string } | null) {
  const app = serveRoutes(invoiceRoutes, member)
  return async (path: string) => {
    const response = await app.request(path)
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }
}

const buyerPath = (part: { number: string; id: string }) =>
  `/orders/${part.number}/seller-orders/${part.id}/invoice.pdf`
const sellerPath = (part: { id: string }) => `/seller/orders/${part.id}/invoice.pdf`

async function textOf(bytes: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
  return text.replace(/\s/g, '')
}

async function giveBack(part: TestPart) {
  const lines = [{ lineId: part.lines[0]?.id ?? '', quantity: 1 }]
  const wish = { lines, isReturned: false, reason: '', key: null }
  expect((await refund({ sellerOrderId: part.id, actor: part.seller, ...wish })).ok).toBe(true)
}

test('buyer and seller get the same bytes, again and again, until money goes back', async () => {
  const part = await makePaidPart({ quantities: [3, 2] })
  const [buyer, seller] = [serve(part.buyer), serve(part.seller)]
  const first = await buyer(buyerPath(part))
  expect([first.status, first.headers.get('Content-Type')]).toEqual([200, 'application/pdf'])
  expect(first.headers.get('Content-Disposition')).toBe(`inline; filename="invoice-${part.number}-1.pdf"`)
  expect(first.headers.get('Cache-Control')).toBe('no-store')
  for (const again of [await buyer(buyerPath(part)), await seller(sellerPath(part))])
    expect(again.bytes.equals(first.bytes)).toBe(true)
  const text = await textOf(first.bytes)
  for (const words of [
    `${part.number}-1`,
    'Athing3€9.99€29.97',
    'Athing2€9.99€19.98',
    'Total€49.95',
    'AdaLane110115Berlin',
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('Refund')
  await giveBack(part)
  const after = await textOf((await buyer(buyerPath(part))).bytes)
  expect(after).toContain('Total€49.95')
  expect(after).toContain('-€9.99Afterrefunds€39.96')
})

test('what a shop takes for sending, and the tax of the sale, are on it', async () => {
  const part = await makePaidPart({ quantities: [1] })
  await db.run(sql`
    update order_line set tax_bps = 700, tax_cents = 65 where seller_order_id = ${part.id}`)
  await db.run(sql`
    insert into order_line (id, order_id, seller_order_id, kind, title, unit_price_cents, quantity, total_cents, tax_bps,
                            tax_cents, is_tax_included)
    select ${newId()}, order_id, id, 'shipping', 'Shipping', 500, 1, 595, 1900, 95, false
    from seller_order
    where id = ${part.id}`)
  const text = await textOf((await serve(part.seller)(sellerPath(part))).bytes)
  for (const words of ['Goods€9.99', 'Shipping€5.00', 'Tax19%on€5.00€0.95', 'Total€15.94', 'Tax7%init,on€9.34€0.65'])
    expect(text).toContain(words)
})

test('it is not there for anybody else, nor before the order is paid', async () => {
  const [part, other] = [await makePaidPart(), await makePaidPart()]
  const buyer = serve(part.buyer)
  const seller = serve(part.seller)
  const tries = [
    serve(other.buyer)(buyerPath(part)),
    buyer(buyerPath({ ...part, number: other.number })),
    buyer(buyerPath({ ...part, id: other.id })),
    buyer(buyerPath({ ...part, id: newId() })),
    serve(other.seller)(sellerPath(part)),
    // The shop is not the buyer, and the buyer not the shop.
    serve(part.seller)(buyerPath(part)),
  ]
  expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(Array(6).fill(404))
  expect((await serve(null)(buyerPath(part))).status).toBe(401)
  expect((await serve(await makeMember())(sellerPath(part))).status).toBe(403)
  await db.run(sql`update "order" set status = 'pending', paid_at = null where number = ${part.number}`)
  expect((await buyer(buyerPath(part))).status).toBe(404)
  expect((await seller(sellerPath(part))).status).toBe(404)
})
