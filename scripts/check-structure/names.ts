import {
  componentFolders,
  forbiddenNames,
  limits,
  nouns,
  ownWords,
  payments,
  processKernel,
  pureKernel,
} from './layout.ts'
import { rootFolders, words } from './layout.ts'
import { countLines, isTestPath, type Tree } from './modules.ts'
import { wordOf } from './places.ts'

/** What is wrong with the names and the sizes of the tree's files, a sentence each. */
export function checkNames(tree: Tree): string[] {
  const paths = [...tree.keys()]
  return [
    ...paths.filter((path) => /\.(ts|tsx|js)$/.test(path)).flatMap((path) => checkFile(path, tree.get(path) ?? '')),
    ...paths.filter((path) => path.startsWith('lib/')).flatMap(checkLibFile),
    ...checkReadmes(tree),
  ]
}

function checkFile(path: string, text: string): string[] {
  const faults: string[] = []
  const parts = path.split('/')
  const name = wordOf(parts.at(-1) ?? '')
  const top = parts.length > 1 ? parts[0] : undefined
  if (top && !top.startsWith('.') && !rootFolders.includes(top)) {
    faults.push(`${path} stands in a top folder that the layout does not know: code belongs in ${list(rootFolders)}.`)
  }
  if (!top && !/^(server\.ts|[a-z]+\.config\.(ts|js))$/.test(path)) {
    faults.push(
      `${path} stands in the root, where only server.ts and configurations do: move it to lib, scripts or cli.`,
    )
  }
  for (const part of [...parts.slice(0, -1), name]) {
    if (forbiddenNames.includes(part)) {
      faults.push(`${path} is named ${part}, which says nothing: name the file after the one thing it does.`)
    } else if (!isKebab(part) && !isRouteFolder(path, part)) {
      faults.push(`${path}: "${part}" is not in kebab-case.`)
    }
  }
  if (top === 'components') faults.push(...checkComponentFolder(path, parts))
  return [...faults, ...checkLength(path, text)]
}

function checkLength(path: string, text: string): string[] {
  const count = countLines(text)
  const most = isTestPath(path) ? limits.testLines : limits.lines
  if (count <= most) return []
  return [
    `${path} has ${count} lines, and ${most} is the most: split it by what its parts do (a word may become a folder).`,
  ]
}

function isKebab(name: string): boolean {
  return /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.(config|d))?$/.test(name)
}

/** Next's own spelling: (shop), [slug], [...nextauth]. */
function isRouteFolder(path: string, part: string): boolean {
  return path.startsWith('app/') && /^(\([a-z-]+\)|\[{1,2}(\.{3})?[a-zA-Z]+\]{1,2})$/.test(part)
}

function checkComponentFolder(path: string, parts: readonly string[]): string[] {
  const folder = parts[1] ?? ''
  if (parts.length > 2 && (nouns.includes(folder) || componentFolders.includes(folder))) return []
  return [`${path} belongs in a folder named after what it draws: a noun of lib, or ${list(componentFolders)}.`]
}

function checkLibFile(path: string): string[] {
  const [, noun = '', word, inside, ...deeper] = path.split('/')
  if (word === undefined) {
    if ([...pureKernel, ...processKernel].includes(wordOf(noun))) return []
    return [
      `${path} stands among the kernel, whose files are ${list([...pureKernel, ...processKernel])}: ` +
        'move it into the noun it serves, or write a decision record and add it to the layout.',
    ]
  }
  if (noun !== 'api' && !nouns.includes(noun)) {
    return [`${path}: "${noun}" is not a noun of the layout. The nouns are ${list(nouns)} and api.`]
  }
  if (path.endsWith('.test.ts') || word === 'README.md') return []
  if (deeper.length > 0) return [`${path} lies too deep: a word may become a folder, but the folder has no folders.`]
  const allowed = [...Object.keys(words), ...(ownWords[noun] ?? [])]
  if (!allowed.includes(wordOf(word))) return [wrongWord(path, noun, wordOf(word), allowed)]
  if (word === 'payments' && inside && !payments.includes(wordOf(inside))) {
    return [`${path}: payments holds one file per provider and what they have in common: ${list(payments)}.`]
  }
  return []
}

function wrongWord(path: string, noun: string, word: string, allowed: readonly string[]): string {
  const meanings = Object.entries(words).map(([name, meaning]) => `${name} (${meaning})`)
  return (
    `${path}: "${word}" is not a word of lib/${noun}. Put what it holds where it belongs: ${list(meanings)}` +
    (allowed.length > meanings.length ? `; lib/${noun} also has ${list(ownWords[noun] ?? [])}.` : '.')
  )
}

function checkReadmes(tree: Tree): string[] {
  const present = new Set(
    [...tree.keys()].filter((path) => /^lib\/[^/]+\/[^/]+/.test(path)).map((path) => path.split('/')[1]),
  )
  return [...present].flatMap((noun) => {
    const path = `lib/${noun}/README.md`
    const text = tree.get(path)
    if (text === undefined)
      return [`${path} is missing: its words, invariants, tables and lock order, in ${limits.readmeLines} lines.`]
    const count = countLines(text)
    if (count <= limits.readmeLines) return []
    return [
      `${path} has ${count} lines, and ${limits.readmeLines} is the most: the rest belongs in docs/ or beside the code.`,
    ]
  })
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
