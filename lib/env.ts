import { z } from 'zod'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.ts'

const ms = (fallback: number) => z.coerce.number().int().positive().default(fallback)

/** Every setting Souk reads from the environment; `.env.example` explains them to operators. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Processes that share the port, each of them a node. */
  WEB_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(1),
  /** How long a node that is told to stop goes on with /readyz saying that it will: what a load balancer needs to see it. */
  DRAIN_MS: z.coerce.number().int().min(0).max(60_000).default(0),
  /** What people type: decides cookies (`__Host-` with https) and which Origin may write. */
  PUBLIC_URL: z.url().optional(),
  /** Addresses or networks (10.0.0.0/8) whose X-Forwarded-For is believed, separated by commas. */
  TRUSTED_PROXIES: z.string().default(''),
  /** Unset: an embedded PostgreSQL under DATA_DIR. */
  DATABASE_URL: z.string().min(1).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10),
  DATA_DIR: z.string().default('.data'),
  /** Signs sessions and cart cookies; the start makes one for the embedded database. */
  SOUK_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Brings live updates from node to node in milliseconds; unset: by way of the database. */
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'is not an address like redis://127.0.0.1:6379' }).optional(),
  /** Where GET /metrics answers, for Prometheus; unset: nowhere. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** Browsers a node has an open live channel to; more are told to come later. */
  LIVE_SOCKETS_MAX: z.coerce.number().int().positive().default(20_000),
  HOLD_TTL_MS: ms(10 * MINUTE_MS),
  /** Nobody keeps a piece longer than this without a rest, counted from when it was first held. */
  HOLD_LIMIT_MS: ms(20 * MINUTE_MS),
  /** The rest after which a buyer may hold anew. */
  HOLD_COOLDOWN_MS: ms(5 * MINUTE_MS),
  OFFER_TTL_MS: ms(2 * MINUTE_MS),
  CHECKOUT_TTL_MS: ms(15 * MINUTE_MS),
  HOLD_CAP_PER_VARIANT: z.coerce.number().int().positive().default(20),
  /** From one network address as many pieces as so many buyers may hold. */
  HOLD_CARTS_PER_ADDRESS: z.coerce.number().int().positive().default(10),
  /** Of a variant's pieces, the share that carts nobody has signed in to may hold together; all, so that nothing stays unsold. */
  HOLD_ANONYMOUS_PERCENT: z.coerce.number().int().min(0).max(100).default(100),
  WAITLIST_PLACES_MAX: z.coerce.number().int().positive().default(50),
  /** Most pieces a seller has on sale at once, where the seller's own capacity is not set. */
  SELLER_CAPACITY: z.coerce.number().int().min(0).default(1_000_000),
  CART_LINES_MAX: z.coerce.number().int().positive().default(100),
  SESSION_IDLE_MS: ms(7 * DAY_MS),
  SESSION_LIMIT_MS: ms(30 * DAY_MS),
  /** What is not shipped so long after it was paid is cancelled; what was shipped so long ago counts as delivered. */
  SHIP_WITHIN_MS: ms(14 * DAY_MS),
  DELIVERED_AFTER_MS: ms(14 * DAY_MS),
  /** How long after the delivery a buyer may complain; then the money is the seller's. */
  DISPUTE_WINDOW_MS: ms(7 * DAY_MS),
  /** Sellers are paid what is theirs when it is so much, and not more often than this. */
  PAYOUT_MIN_CENTS: z.coerce.number().int().positive().default(1_000),
  PAYOUT_EVERY_MS: ms(DAY_MS),
  IDEMPOTENCY_TTL_MS: ms(24 * HOUR_MS),
  /** Multiplies every rate limit: simulations and tests, which come from one address, lift them with it. */
  RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
  /** Memory for finished pages. With 0 none is kept, and each is drawn for each request. */
  PAGE_CACHE_MB: z.coerce.number().int().min(0).default(64),
  SANDBOX_SLOW_MS: ms(10 * SECOND_MS),
  SANDBOX_LATE_MS: ms(5 * SECOND_MS),
  /** Both of Stripe's, or none: then the sandbox takes the payments. */
  STRIPE_SECRET_KEY: z
    .string()
    .regex(
      /^(sk|rk)_(live|test)_/,
      'is not a secret key of Stripe: it begins with sk_ or rk_, and goes on with live_ or test_',
    )
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .startsWith('whsec_', 'is not the signing secret of a webhook endpoint of Stripe: it begins with whsec_')
    .optional(),
})

export type Env = z.infer<typeof schema>

/**
 * The settings, parsed once at first use.
 * Refuses: a value that does not fit, and half of Stripe's; the thrown message names each variable and what is wrong with it.
 */
export function env(): Env {
  return (parsed ??= parseEnv(process.env))
}

let parsed: Env | undefined

/** Whether browsers reach us over https, which lets cookies carry the `__Host-` prefix and go nowhere else. */
export function isHttps(): boolean {
  return env().PUBLIC_URL?.startsWith('https:') ?? false
}

/** Whether what is paid here is real money. The sandbox's is not, nor that of a test key. */
export function isRealMoney({ STRIPE_SECRET_KEY }: Env = env()): boolean {
  return /^.k_live_/.test(STRIPE_SECRET_KEY ?? '')
}

/** The pure half of `env`, for tests and for the start's own check. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const result = schema.safeParse(present)
  const faults = result.success
    ? stripeFaults(result.data)
    : result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  if (result.success && faults.length === 0) return result.data
  throw new Error(`The environment does not fit: ${faults.join('; ')}.`)
}

/** Half of it would take money and never hear that it came, or wait for money that nobody can pay. */
function stripeFaults({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET }: Env): string[] {
  if (STRIPE_SECRET_KEY && !STRIPE_WEBHOOK_SECRET) {
    return ['STRIPE_SECRET_KEY is set and STRIPE_WEBHOOK_SECRET is not; set both to be paid by Stripe, or none']
  }
  if (!STRIPE_SECRET_KEY && STRIPE_WEBHOOK_SECRET) {
    return ['STRIPE_WEBHOOK_SECRET is set and STRIPE_SECRET_KEY is not; set both to be paid by Stripe, or none']
  }
  return []
}
