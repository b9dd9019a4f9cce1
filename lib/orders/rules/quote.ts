import type { Cents } from '#lib/money'
import type { QuoteView } from '../schema/quote.ts'
import type { Destination, PricedLine, SellerPart, Terms } from '../types.ts'
import { goodsOf, totalOf } from './lines.ts'
import { chooseMethod, costOf, methodsTo } from './shipping.ts'

/** What a priced cart costs and how else it could be sent, as the buyer sees it before paying. */
export function quoteOf(parts: readonly SellerPart[], terms: Terms, to: Destination): QuoteView {
  const lines = parts.flatMap((part) => part.lines)
  const isGoods = (line: PricedLine) => line.kind === 'goods'
  const taxed = lines.map((line) => ({ isOnTop: !line.isTaxIncluded, totalCents: line.taxCents }))
  return {
    country: to.country,
    parts: parts.map((part) => partOf(part, terms, to)),
    goodsCents: sumOf(lines.filter(isGoods)),
    shippingCents: sumOf(lines.filter((line) => !isGoods(line))),
    addedTaxCents: totalOf(taxed.filter(({ isOnTop }) => isOnTop)).toString(),
    includedTaxCents: totalOf(taxed.filter(({ isOnTop }) => !isOnTop)).toString(),
    totalCents: totalOf(parts).toString(),
  }
}

function partOf({ sellerId, lines }: SellerPart, terms: Terms, to: Destination): QuoteView['parts'][number] {
  const chosen = chooseMethod(terms.methods, sellerId, to)
  return {
    sellerId,
    shop: [...terms.items.values()].find((item) => item.sellerId === sellerId)?.sellerName ?? '',
    methods: methodsTo(terms.methods, sellerId, to.country).map((method) => ({
      id: method.id,
      name: method.name,
      cents: costOf(method, goodsOf(lines)).toString(),
    })),
    methodId: chosen.ok ? (chosen.value?.id ?? null) : null,
  }
}

function sumOf(lines: readonly PricedLine[]): string {
  const cents = lines.reduce<Cents>((sum, line) => sum + line.unitPriceCents * BigInt(line.quantity), 0n)
  return cents.toString()
}
