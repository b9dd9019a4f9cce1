import { ok, refuse, type Result } from '#lib/result'
import { MINUTE_MS } from '#lib/time'
import type { Scope } from './types.ts'

export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128
export const HANDLE_MIN = 3
export const HANDLE_MAX = 30

/** How long a program's token works unless it is told, and at most. */
export const TOKEN_DAYS = { usual: 90, most: 365 } as const

/**
 * What a token is for unless it is told: what a shop's or a buyer's program does all day. Ending sessions, making other tokens
 * and operating the market are named by who wants them.
 */
export const USUAL_SCOPES: readonly Scope[] = ['read', 'buy', 'sell']

/** Most tokens of one member that work at a time: what is never shown cannot be revoked. */
export const TOKENS_MAX = 100

/** How long a token's last use may stay unwritten. */
export const TOKEN_NOTE_MS = MINUTE_MS

/** The first of the wanted scopes that a token does not have; null when it has all, and for a session, which has. */
export function missingScope(had: readonly Scope[] | null, ...wanted: readonly Scope[]): Scope | null {
  return had === null ? null : (wanted.find((scope) => !had.includes(scope)) ?? null)
}

/** Lower-case letters and digits, single hyphens between them: safe in an address, and no two that look alike but for case. */
export const HANDLE_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Text a person typed into one line: no control characters, half surrogates, or marks that turn the text around. */
export const ONE_LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u

/** Names of the market's own pages, and names that would pass for the market itself. */
const RESERVED_HANDLES = new Set(
  (
    'about account accounts admin administrator api app auth billing cart categories category checkout contact ' +
    'docs everyone fees guest help home info legal live login logout mail market marketplace me media moderator new ' +
    'null official operator order orders owner payment payments payouts postmaster privacy product products register ' +
    'root search security sell seller sellers settings shop shops sign-in sign-out sign-up socket souk staff status ' +
    'stock support system team terms trader undefined webmaster www'
  ).split(' '),
)

/** Whether nobody may take this handle, for an account or for a shop. */
export function isReservedHandle(handle: string): boolean {
  return RESERVED_HANDLES.has(handle)
}

// The most used passwords of ten characters or more; shorter ones are refused by their length.
const COMMON_PASSWORDS = new Set(
  (
    '1234567890 12345678910 123456789a 1234567891 0123456789 0987654321 9876543210 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 ' +
    'q1w2e3r4t5y6 1qaz2wsx3edc 1qazxsw23edc zaq12wsxcde3 qwertyuiop qwerty12345 qwerty1234 qwerty123456 qwertyuiop123 ' +
    'asdfghjkl1 asdfghjkl123 zxcvbnm123 zxcvbnm1234 abcdefghij abcdefghijk abcd123456 abc1234567 abc123456789 a123456789 ' +
    'aa12345678 aa123456789 password10 password11 password12 password123 password1234 password12345 password123456 ' +
    'passwordpassword password2024 password2025 password2026 passw0rd123 p@ssword123 p@ssw0rd123 p@ssw0rd1234 ' +
    'mypassword mypassword1 newpassword passwort123 motdepasse contrasena letmein123 letmeinnow welcome123 welcome1234 ' +
    'welcome2024 welcome2025 welcome2026 iloveyou12 iloveyou123 iloveyou1234 ilovemyself sunshine12 sunshine123 ' +
    'princess12 princess123 football12 football123 baseball12 baseball123 basketball basketball1 superman123 batman1234 ' +
    'dragon1234 monkey1234 shadow1234 master1234 michael123 jennifer123 jordan1234 charlie123 liverpool1 liverpool123 ' +
    'chelsea123 arsenal123 manchester manchester1 barcelona1 realmadrid pokemon123 starwars12 starwars123 trustno1234 ' +
    'whatever123 computer12 computer123 internet12 internet123 administrator admin12345 admin123456 administrator1 ' +
    'changeme123 changemenow default123 testtest12 testtest123 test123456 test1234567 secret1234 secret12345 ' +
    'qazwsxedcrfv qazwsxedc123 1029384756 5555555555a 112233445566 1122334455 11223344556677 123123123123 1231231234 ' +
    '123321123321 1234512345 12345qwert 12341234123 1234554321 christmas123 chocolate1 chocolate123 butterfly1 ' +
    'butterfly123 correcthorsebatterystaple marketplace marketplace1 souksouksouk'
  ).split(' '),
)

/**
 * Whether an account may have this password. Length is the schema's business.
 * Refuses: `common-password` for the most used ones and for one character again and again, in any case;
 * `personal-password` for one that contains the handle.
 */
export function checkPassword(
  password: string,
  handle: string,
): Result<string, 'common-password' | 'personal-password'> {
  const plain = password.normalize('NFKC').toLowerCase()
  if (COMMON_PASSWORDS.has(plain) || new Set(plain).size <= 2) return refuse('common-password')
  if (plain.includes(handle)) return refuse('personal-password')
  return ok(password)
}

/**
 * How long a session's last use may stay unwritten: a write per request would make reading as dear as writing.
 * Never more than half of the idle limit, so that a session in use does not end.
 */
export function noteAfterMs(idleMs: number): number {
  return Math.min(MINUTE_MS, Math.floor(idleMs / 2))
}

/**
 * Where a sign-in may lead: a path of this site, or an address of it; anything else becomes the home page.
 * A node that listens on the loopback has two names for itself, `localhost` and `127.0.0.1`.
 */
export function safeRedirect(target: string, baseUrl: string): string {
  const base = new URL(baseUrl)
  if (!URL.canParse(target, baseUrl)) return base.origin
  const url = new URL(target, baseUrl)
  const isOurs = url.origin === base.origin
  const isOurLoopback =
    url.protocol === base.protocol && url.port === base.port && isLoopback(url.hostname) && isLoopback(base.hostname)
  return isOurs || isOurLoopback ? url.href : base.origin
}

function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
