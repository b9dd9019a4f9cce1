import { parseAmount, writeAmount, type Cents } from '#lib/money'
import type { CommissionRulesView, TaxRulesView } from '#lib/orders/schema/terms'
import type { CommissionRule, TaxRule } from '#lib/orders/types'

/** A commission rule as it is being written: share and amounts as people write them. */
export interface CommissionDraft {
  /** For React only. */
  readonly key: string
  readonly scope: 'all' | 'category' | 'seller'
  readonly category: string
  readonly seller: string
  readonly fee: string
  readonly fixed: string
  readonly floor: string
  readonly cap: string
}

/** A tax rule as it is being written. */
export interface TaxDraft {
  readonly key: string
  readonly country: string
  /** Empty: everything else that is sent there. */
  readonly category: string
  readonly rate: string
  readonly isIncluded: boolean
}

export type Faults = Record<string, string>

export function commissionDraftOf(rule: CommissionRulesView['rules'][number], key: string): CommissionDraft {
  const { category, seller, feeBps, fixedCents, floorCents, capCents } = rule
  return {
    key,
    scope: category !== null ? 'category' : seller !== null ? 'seller' : 'all',
    category: category ?? '',
    seller: seller ?? '',
    fee: writeShare(feeBps),
    fixed: fixedCents === '0' ? '' : writeAmount(BigInt(fixedCents)),
    floor: floorCents === null ? '' : writeAmount(BigInt(floorCents)),
    cap: capCents === null ? '' : writeAmount(BigInt(capCents)),
  }
}

export function taxDraftOf(rule: TaxRulesView['rules'][number], key: string): TaxDraft {
  const { country, category, bps, isIncluded } = rule
  return { key, country, category: category ?? '', rate: writeShare(bps), isIncluded }
}

const AMOUNTS = [
  ['fixed', 'fixedCents'],
  ['floor', 'floorCents'],
  ['cap', 'capCents'],
] as const

/** What cannot be read of the drafts, by the path of the request's field. */
export function commissionFaultsOf(drafts: readonly CommissionDraft[]): Faults {
  const faults = drafts.flatMap((draft, index) => [
    ...(parseShare(draft.fee) === null ? [[`rules.${index}.feeBps`, NO_SHARE] as const] : []),
    ...AMOUNTS.filter(([field]) => draft[field].trim() !== '' && parseAmount(draft[field]) === null).map(
      ([, path]) => [`rules.${index}.${path}`, 'Write an amount such as 4.90.'] as const,
    ),
    ...(draft.scope === 'seller' && draft.seller.trim() === ''
      ? [[`rules.${index}.seller`, 'Which shop? Its handle is the end of its address.'] as const]
      : []),
  ])
  return Object.fromEntries(faults)
}

export function taxFaultsOf(drafts: readonly TaxDraft[]): Faults {
  const faults = drafts.flatMap((draft, index) => [
    ...(parseShare(draft.rate) === null ? [[`rules.${index}.bps`, NO_SHARE] as const] : []),
    ...(draft.country === '' ? [[`rules.${index}.country`, 'Which country?'] as const] : []),
  ])
  return Object.fromEntries(faults)
}

/** The rules of the request. Shares and amounts are known to be readable. */
export function commissionRulesOf(drafts: readonly CommissionDraft[]): CommissionRulesView['rules'] {
  return drafts.map(({ scope, category, seller, fee, fixed, floor, cap }) => ({
    category: scope === 'category' ? category : null,
    seller: scope === 'seller' ? seller.trim().toLowerCase() : null,
    feeBps: parseShare(fee) ?? 0,
    fixedCents: (amountOf(fixed) ?? 0n).toString(),
    floorCents: amountOf(floor)?.toString() ?? null,
    capCents: amountOf(cap)?.toString() ?? null,
  }))
}

export function taxRulesOf(drafts: readonly TaxDraft[]): TaxRulesView['rules'] {
  return drafts.map(({ country, category, rate, isIncluded }) => ({
    ...{ country, category: category === '' ? null : category },
    ...{ bps: parseShare(rate) ?? 0, isIncluded },
  }))
}

/** The drafts as the rules by which a checkout decides, shops by their handles. */
export function termsOf(
  commissions: readonly CommissionDraft[],
  taxes: readonly TaxDraft[],
): { commissions: CommissionRule[]; taxes: TaxRule[] } {
  return {
    commissions: commissionRulesOf(commissions).map((rule, position) => ({
      ...{ position, categorySlug: rule.category, sellerId: rule.seller, feeBps: rule.feeBps },
      fixedCents: BigInt(rule.fixedCents),
      floorCents: rule.floorCents === null ? null : BigInt(rule.floorCents),
      capCents: rule.capCents === null ? null : BigInt(rule.capCents),
    })),
    taxes: taxRulesOf(taxes).map(({ category, ...rule }) => ({ ...rule, categorySlug: category })),
  }
}

const NO_SHARE = 'Write a share such as 5 or 7.5, 100 at most.'

/** "7.5" of a hundred in basis points: as many as an amount has cents. Null for what is none, or more than all. */
function parseShare(text: string): number | null {
  const bps = parseAmount(text.replace('%', ''))
  return bps === null || bps > 10_000n ? null : Number(bps)
}

function writeShare(bps: number): string {
  return (bps / 100).toString()
}

function amountOf(text: string): Cents | null {
  return text.trim() === '' ? null : parseAmount(text)
}
