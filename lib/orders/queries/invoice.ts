import { db } from '#lib/db'
import { countryName } from '#lib/sellers/rules/countries'
import { printable, sumInvoice, type InvoiceLine, type InvoiceSums } from '../rules/invoice.ts'
import {
  readInvoice,
  readInvoiceLines,
  readInvoiceRefunds,
  type InvoiceRefund,
  type InvoiceRow,
  type InvoiceScope,
} from '../sql/invoice.ts'

/** What an invoice says. Every text of it is printable. */
export interface Invoice {
  readonly number: string
  readonly orderNumber: string
  readonly paidAt: Date
  readonly currency: string
  readonly seller: { readonly name: string; readonly handle: string }
  readonly buyer: readonly string[]
  readonly shippingMethod: string | null
  readonly lines: readonly InvoiceLine[]
  readonly sums: InvoiceSums
  readonly refunds: readonly InvoiceRefund[]
}

/** The invoice for a part of a paid order; null when there is none, it is not paid, or it is another's. */
export async function getInvoice(sellerOrderId: string, scope: InvoiceScope): Promise<Invoice | null> {
  const [head] = await db.run(readInvoice(sellerOrderId, scope))
  if (!head) return null
  const [lines, refunds] = await Promise.all([
    db.run(readInvoiceLines(sellerOrderId)),
    db.run(readInvoiceRefunds(sellerOrderId)),
  ])
  return invoiceOf(head, lines, refunds)
}

function invoiceOf(head: InvoiceRow, lines: readonly InvoiceLine[], refunds: readonly InvoiceRefund[]): Invoice {
  const { name, line1, line2, postalCode, city, country } = head.address
  return {
    number: `${head.orderNumber}-${head.place}`,
    orderNumber: head.orderNumber,
    paidAt: head.paidAt,
    currency: head.currency,
    seller: { name: printable(head.sellerName), handle: printable(head.sellerHandle) },
    buyer: [name, line1, line2, `${postalCode} ${city}`, countryName(country)].map(printable).filter(Boolean),
    shippingMethod: head.shippingMethod && printable(head.shippingMethod),
    lines: lines.map((line) => ({
      ...line,
      title: printable(line.title),
      optionValues: line.optionValues.map(printable).filter(Boolean),
    })),
    sums: sumInvoice(lines),
    refunds,
  }
}
