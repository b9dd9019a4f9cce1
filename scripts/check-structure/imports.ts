import { browserWords, levelOf, purePackages } from './layout.ts'
import type { Import, Module } from './modules.ts'
import { placeOf, type Place } from './places.ts'

type Noun = Extract<Place, { layer: 'noun' }>

/** Why one file of ours may not import another, as a sentence; undefined when it may. Tests may import anything. */
export function checkImport(from: Module, edge: Import): string | undefined {
  if (from.isTest) return undefined
  const reason = edge.isOurs ? ourReason(from, edge) : packageReason(from, edge)
  return reason && `${from.path}:${edge.line} imports ${edge.to}: ${reason}`
}

function ourReason(from: Module, edge: Import): string | undefined {
  const here = placeOf(from.path)
  const there = placeOf(edge.to)
  if (there.layer === 'entry' && here.layer !== 'entry') {
    return 'what starts the process is never imported by what it starts; move the shared part into lib.'
  }
  switch (here.layer) {
    case 'entry':
      return here.folder === '' && there.layer === 'components' ? 'server.ts wires lib, it draws nothing.' : undefined
    case 'app':
      return appReason(there) ?? (from.isClient && there.layer !== 'app' ? componentReason('', there, edge) : undefined)
    case 'components':
      return componentReason(here.folder, there, edge)
    case 'kernel':
      return kernelReason(here.isPure, there)
    case 'noun':
      return nounReason(here, there, edge)
  }
}

function appReason(there: Place): string | undefined {
  if (there.layer !== 'noun') return undefined
  if (['sql', 'commands', 'routes', 'tasks'].includes(there.word)) {
    return `pages read through queries; a change goes through the API, so ${there.word} is not for them.`
  }
  return undefined
}

function componentReason(folder: string, there: Place, edge: Import): string | undefined {
  if (there.layer === 'app') return 'components never import pages; pass what it needs as properties.'
  if (there.layer === 'kernel' && !there.isPure)
    return 'components run in the browser, where this part of the kernel cannot.'
  if (folder === 'ui' && there.layer === 'noun' && levelOf(there.noun) > 0)
    return 'components/ui knows no noun of the shop; move this to the folder of the noun.'
  if (folder === 'ui' && there.layer === 'components' && there.folder !== 'ui') {
    return 'components/ui is what the others are built of; move this to the folder of the noun.'
  }
  if (there.layer !== 'noun') return undefined
  if (there.noun === 'api' && (there.word === 'client' || edge.isType)) return undefined
  if (!browserWords.includes(there.word)) {
    return 'components take types, schema, rules and errors of a noun, and #lib/api/client; a page reads the rest and passes it down.'
  }
  if (there.word === 'schema' && !edge.isType)
    return 'write `import type`, or zod ends up in the browser; limits belong in rules.'
  return undefined
}

function kernelReason(isPure: boolean, there: Place): string | undefined {
  if (there.layer !== 'kernel') return 'the kernel imports nothing above it; pass it in as an argument.'
  if (isPure && !there.isPure) return 'the pure kernel touches neither database, environment nor log.'
  return undefined
}

function nounReason(here: Noun, there: Place, edge: Import): string | undefined {
  if (there.layer === 'kernel') return kernelForWord(here, there, edge)
  if (there.layer !== 'noun') return 'lib decides and never draws; move what both need into lib.'
  return directionReason(here, there, edge) ?? wordReason(here, there, edge)
}

function kernelForWord(here: Noun, there: Extract<Place, { layer: 'kernel' }>, edge: Import): string | undefined {
  if (there.isPure || edge.isType) return undefined
  if (pureWords.includes(here.word)) {
    return `${here.word} is pure: let a command or a query load it and pass it in.`
  }
  if (here.word === 'routes' && there.name === 'db') {
    return 'routes know HTTP and one command; the statement belongs in sql, its use in commands.'
  }
  return undefined
}

const pureWords = ['types', 'schema', 'rules', 'errors']

function directionReason(here: Noun, there: Noun, edge: Import): string | undefined {
  if (here.isEdge || here.noun === there.noun) return undefined
  if (there.noun === 'api')
    return `only routes, rooms and tasks may know lib/api; move the HTTP part of this to lib/${here.noun}/routes.ts.`
  const mine = levelOf(here.noun)
  const theirs = levelOf(there.noun)
  if (mine > theirs) return undefined
  const relation = mine === theirs ? 'stands beside' : 'stands above'
  const remedy = edge.isType
    ? 'the shape belongs in the lower one.'
    : `call lib/${here.noun} from the higher one, or wire both in routes, rooms or tasks.`
  return `${there.noun} ${relation} ${here.noun}, and nouns import only downward; ${remedy}`
}

/** What a word may take from its own noun and from the lower ones. */
function wordReason(here: Noun, there: Noun, edge: Import): string | undefined {
  if (there.isEdge && there.noun !== 'api' && !here.isEdge) {
    return `${there.word} sit above all nouns and are wired by lib/api and server.ts; what both need belongs in commands or queries.`
  }
  const may = mayTake[here.word]
  if (!may || here.noun === 'api' || there.noun === 'api') return undefined
  if (edge.isType && typeWords.includes(there.word)) return undefined
  if (may.includes(there.word)) return undefined
  if (!refusable.includes(there.word) && !pureWords.includes(here.word)) return undefined
  return `${here.word} take only ${may.join(', ')}; ${remedy[here.word] ?? 'move the part that needs it into commands.'}`
}

// A type is erased, so it may come from wherever shapes are made.
const typeWords = ['types', 'schema', 'rules', 'errors', 'events', 'sql']
const refusable = ['types', 'schema', 'rules', 'errors', 'sql', 'queries', 'commands', 'routes', 'rooms', 'tasks']

const mayTake: Readonly<Record<string, readonly string[]>> = {
  types: ['types'],
  schema: ['types', 'schema', 'rules', 'errors', 'events'],
  rules: ['types', 'rules', 'errors', 'events'],
  errors: ['types', 'errors'],
  sql: ['types', 'sql', 'rules'],
  queries: ['types', 'schema', 'rules', 'errors', 'sql', 'queries'],
  commands: ['types', 'schema', 'rules', 'errors', 'sql', 'queries', 'commands'],
  routes: ['types', 'schema', 'rules', 'errors', 'queries', 'commands', 'routes'],
  rooms: ['types', 'rules', 'queries', 'rooms'],
  tasks: ['types', 'schema', 'rules', 'errors', 'queries', 'commands', 'tasks'],
}

const remedy: Readonly<Record<string, string>> = {
  rules: 'let a command load what the rule decides on and pass it in.',
  queries: 'what writes belongs in commands.',
  routes: 'the statement belongs in sql, and a command or a query runs it.',
  rooms: 'read it through queries.',
  sql: 'a statement decides nothing; call it from commands or queries.',
}

function packageReason(from: Module, edge: Import): string | undefined {
  const here = placeOf(from.path)
  if (edge.isType) return undefined
  const isServerOnly = edge.to.startsWith('node:') || edge.to.startsWith('#prisma/') || serverPackages.includes(edge.to)
  if (isServerOnly && (here.layer === 'components' || from.isClient)) {
    return 'this ends up in the browser; read it in a page and pass it down.'
  }
  if (here.layer === 'noun' && here.word === 'rules' && !purePackages.includes(edge.to)) {
    return 'rules are pure and import no package; pass in what they decide on.'
  }
  if (here.layer === 'noun' && ['types', 'errors'].includes(here.word))
    return `${here.word} hold no behaviour; write \`import type\`.`
  return undefined
}

const serverPackages = ['zod', 'pg', 'hono', 'sharp', 'pino', 'socket.io', '@hono/zod-openapi', 'next/headers']
