import type { Entry } from './terminal/command.ts'

/** Every command, in the order in which people need them. Help, completion and docs/cli.md say the same. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  login: { summary: 'sign in to a market and stay signed in', load: async () => (await import('./login.ts')).login },
  logout: { summary: 'end that, and revoke the token', load: async () => (await import('./logout.ts')).logout },
  check: {
    summary: 'what is on sale: counts and prices as they are now',
    load: async () => (await import('./check.ts')).check,
  },
  watch: {
    summary: 'print what happens to a product, as it happens',
    load: () => import('./watch.ts').then(({ watch: run, watchHelp: help }) => ({ run, help })),
  },
  buy: { summary: 'buy an item, or what is in the cart', load: async () => (await import('./buy.ts')).buy },
  cart: { summary: 'show the cart; add, remove, clear', parts: async () => (await import('./cart.ts')).cart },
  orders: {
    summary: 'what you bought; list, show, receive, review',
    parts: async () => (await import('./orders.ts')).orders,
  },
  sell: { summary: 'add, price, restock, withdraw, list', parts: async () => (await import('./sell.ts')).sell },
  import: { summary: 'import a Shopify product file', load: async () => (await import('./import.ts')).importFile },
  audit: {
    summary: 'prove that every piece and every cent is where the rows say',
    needsDatabase: true,
    load: () => import('./audit.ts').then(({ audit: run, auditHelp: help }) => ({ run, help })),
  },
  explain: {
    summary: 'trace a payout or a balance to order lines, to the cent',
    needsDatabase: true,
    load: () => import('./explain.ts').then(({ explain: run, explainHelp: help }) => ({ run, help })),
  },
  operator: {
    summary: 'say who operates the market, or make a member an operator',
    needsDatabase: true,
    load: () => import('./operator.ts').then(({ operator: run, operatorHelp: help }) => ({ run, help })),
  },
  bazaar: {
    summary: 'hold a market on this machine, and have its trader fall ill',
    needsDatabase: true,
    load: () => import('./bazaar.ts').then(({ bazaar: run, bazaarHelp: help }) => ({ run, help })),
  },
  simulate: {
    summary: 'play a scenario of producers and consumers against a real market',
    needsDatabase: true,
    load: () => import('./simulate.ts').then(({ simulate: run, simulateHelp: help }) => ({ run, help })),
  },
  bench: {
    summary: 'measure this checkout, and write down what came out',
    load: () => import('./bench.ts').then(({ bench: run, benchHelp: help }) => ({ run, help })),
  },
  openapi: {
    summary: 'print what the API can do, as an OpenAPI document',
    needsDatabase: true,
    load: () => import('./openapi.ts').then(({ openapi: run, openapiHelp: help }) => ({ run, help })),
  },
  completion: {
    summary: 'print the completion for bash or zsh',
    needsDatabase: true,
    load: async () => (await import('./completion.ts')).completion,
  },
}
