import type { Cents } from '#lib/money'
import type { Charge } from '../types.ts'

/** A card as it is typed in. It lives in the request's memory only: never stored, never logged. */
export interface Card {
  readonly number: string
  readonly name: string
  readonly expiry: string
  readonly cvc: string
}

export interface PaymentRequest {
  /** The same key is the same payment, however often it is asked for. */
  readonly key: string
  readonly amountCents: Cents
  readonly currency: string
  /** Null where the provider asks for it on a page of its own. */
  readonly card: Card | null
  /** Where the buyer comes back to from a page of the provider: an address of this market. */
  readonly returnUrl: string
  /** `now` takes the money in the same step; `later` only puts it aside for `capture`. */
  readonly capture: 'now' | 'later'
}

/** A payment that was asked for before, and how the provider called it, as far as that is known. */
export interface KnownPayment {
  readonly key: string
  readonly ref: string | null
  readonly amountCents: Cents
  readonly currency: string
}

/** What a payment has come to so far. A charge is final; the others become one. */
export type PaymentState =
  | Charge
  /** The money is put aside, and waits for `capture`. */
  | { readonly status: 'authorized'; readonly ref: string }
  /** The buyer has to do something, at this address. */
  | { readonly status: 'challenge'; readonly ref: string; readonly url: string }
  /** The provider does not know yet; a webhook will tell. */
  | { readonly status: 'pending'; readonly ref: string }

export interface RefundRequest {
  /** `refund:<id>`. */
  readonly key: string
  /** The captured charge's. */
  readonly chargeRef: string
  readonly amountCents: Cents
  readonly currency: string
}

export type Refund =
  | { readonly status: 'refunded'; readonly ref: string }
  /** On its way to the buyer; it can still fail. */
  | { readonly status: 'pending'; readonly ref: string }
  | { readonly status: 'refused'; readonly code: 'exceeds-charge' | 'refund-failed' }

export interface TransferRequest {
  /** `payout:<id>`. */
  readonly key: string
  /** The seller, as the provider calls it. */
  readonly sellerAccount: string
  readonly amountCents: Cents
  readonly currency: string
}

export type Transfer =
  | { readonly status: 'transferred'; readonly ref: string }
  | { readonly status: 'refused'; readonly code: 'account-unable' | 'not-enough-funds' }

/** What a provider told us. It is a reason to ask `find`, and believed in nothing else: so order and loss do no harm. */
export interface ProviderEvent {
  /** The provider's own; told twice it is the same. */
  readonly id: string
  /** The payment that something happened to; null for what does not concern us. */
  readonly payment: { readonly key: string; readonly ref: string } | null
}

/**
 * Who moves the money. Called outside any transaction.
 * Every call that moves some has a key, and the same key is the same outcome, for ever. A throw means that nobody knows what
 * became of it: ask again with the same key.
 */
export interface PaymentProvider {
  readonly name: ProviderName
  /** Whether this is how it is paid at, asked before anything is written: a card it knows, or none at all. */
  takesCard(card: Card | null): boolean
  /**
   * Begins a payment, and where nobody has to be asked ends it: authorize and capture in one call.
   * Guarantees: at most one payment per key; another amount under the same key throws. Refused cards are `declined`.
   */
  authorize(request: PaymentRequest): Promise<PaymentState>
  /** Takes what was put aside, whole. Guarantees: once; a repeat gets the same charge. */
  capture(payment: KnownPayment): Promise<Charge>
  /** What a payment has come to; null when no money can have moved under its key. Changes nothing. */
  find(payment: KnownPayment): Promise<PaymentState | null>
  /**
   * What became of a payment. Guarantees that the answer is final: what nothing came of is closed by the same step, so that
   * a buyer or a request that is still on its way comes too late. Throws when the provider is not done with it.
   */
  close(payment: KnownPayment): Promise<Charge>
  /** Gives money back, whole or in part. Guarantees: once per key; all refunds together never exceed the charge. */
  refund(request: RefundRequest): Promise<Refund>
  /** Pays a seller. Guarantees: once per key; another amount or account under the same key throws. */
  transfer(request: TransferRequest): Promise<Transfer>
  /** What the bytes of a webhook say; null when the provider has not signed them, or long ago. */
  verifyWebhook(body: string, header: (name: string) => string | undefined): ProviderEvent | null
}

export type ProviderName = 'sandbox' | 'stripe'
