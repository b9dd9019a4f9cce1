import type { Cents } from '#lib/money'
import type { Charge } from '../types.ts'

/** A card as it is typed in. It lives in the request's memory only: never stored, never logged. */
export interface Card {
  readonly number: string
  readonly name: string
  readonly expiry: string
  readonly cvc: string
}

export interface ChargeRequest {
  /** The same key is the same charge, however often it is asked for. */
  readonly key: string
  readonly amountCents: Cents
  readonly currency: string
  readonly card: Card
}

/** Who moves the money. Called outside any transaction; a throw means that nobody knows what became of the charge. */
export interface PaymentProvider {
  readonly name: string
  /** Whether it takes this card at all, asked before anything is written. */
  takesCard(card: Card): boolean
  /** Charges once per key; a repeat gets the outcome of the first. */
  charge(request: ChargeRequest): Promise<Charge>
  /**
   * What became of a key. Guarantees that the answer is final: a key that nothing came of is closed by the same step,
   * so that a charge which is still on its way comes too late.
   */
  close(key: string): Promise<Charge>
}
