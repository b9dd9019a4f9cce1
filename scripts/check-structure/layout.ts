/** The layout as data: a new word, noun or folder is a line here and a decision record. */

/** Words every noun may use, as `word.ts` or as a folder `word/`. */
export const words = {
  types: 'shapes and unions',
  schema: 'zod for what comes in and what leaves',
  rules: 'pure decisions and arithmetic',
  errors: 'the table of refusals',
  sql: 'one exported function, one statement',
  queries: 'reads shaped for a screen',
  commands: 'use cases that write',
  routes: 'HTTP',
  rooms: 'what the live gateway asks',
  tasks: 'what a job or a tick runs',
} as const

/** Nouns by level, lowest first; each imports only from the levels below its own. */
export const levels: readonly (readonly string[])[] = [
  ['embedded', 'jobs', 'media', 'live', 'ledger', 'pages'],
  ['auth'],
  ['notifications'],
  ['sellers'],
  ['inventory'],
  ['catalog'],
  ['search'],
  ['cart'],
  ['orders'],
  ['reviews', 'trader', 'insights'],
]

/** Words a noun has beyond the common ones. */
export const ownWords: Readonly<Record<string, readonly string[]>> = {
  api: [
    'app',
    'client',
    'guard',
    'headers',
    'input',
    'keyed',
    'limits',
    'list',
    'listener',
    'openapi',
    'origin',
    'principal',
    'problem',
    'readiness',
    'route',
    'router',
    'tag',
  ],
  auth: ['member-cache', 'next-auth', 'passwords', 'session-cookie', 'sign-in-limits'],
  embedded: ['binaries', 'cluster', 'fault', 'lock', 'membership', 'owner', 'pid', 'place', 'server'],
  jobs: ['runner', 'ticks'],
  live: ['asyncapi', 'events', 'gateway', 'publish'],
  media: ['addresses', 'download', 'files', 'pipeline'],
  orders: ['payments'],
  pages: ['cache', 'answer', 'handler', 'hash', 'script'],
  trader: ['duties', 'fence', 'lease', 'runner'],
}

/** One file per provider and its own books, which of them is chosen, and what they have in common. */
export const payments: readonly string[] = ['provider', 'chosen', 'sandbox', 'sandbox-book', 'stripe']

/** Files of `lib/` itself. The pure ones touch neither database, clock, environment nor network. */
export const pureKernel: readonly string[] = ['money', 'ids', 'result', 'errors', 'revision', 'time']
export const processKernel: readonly string[] = [
  'env',
  'db',
  'log',
  'metrics',
  'batch',
  'each',
  'turns',
  'windows',
  'line',
  'once',
]

/** Words that sit above all nouns: the API, the server and tests wire them, no noun imports them. */
export const edgeWords: readonly string[] = ['routes', 'rooms', 'tasks']

/** What a browser may carry: components see no other word of a noun. */
export const browserWords: readonly string[] = ['types', 'schema', 'rules', 'errors', 'events']

/** Packages that rules may use: no clock, no network, the same answer every time. */
export const purePackages: readonly string[] = ['csv-parse/sync']

/** Folders of `components/` that are not named after a noun. */
export const componentFolders: readonly string[] = ['ui', 'layout', 'charts', 'sell', 'admin']

/** What may stand in the root of the repository as code. */
export const rootFolders: readonly string[] = [
  'app',
  'bench',
  'cli',
  'components',
  'e2e',
  'lib',
  'prisma',
  'scripts',
  'security',
]

export const forbiddenNames: readonly string[] = [
  'common',
  'constants',
  'helper',
  'helpers',
  'index',
  'misc',
  'shared',
  'util',
  'utils',
]

export const limits = { lines: 300, testLines: 500, readmeLines: 30 } as const

export const nouns: readonly string[] = levels.flat()

/** 0 for the lowest level; -1 for what is no noun. */
export function levelOf(noun: string): number {
  return levels.findIndex((level) => level.includes(noun))
}
