import { edgeWords, pureKernel } from './layout.ts'

/** Where a file stands, read off its path. */
export type Place =
  | { readonly layer: 'kernel'; readonly name: string; readonly isPure: boolean }
  | { readonly layer: 'noun'; readonly noun: string; readonly word: string; readonly isEdge: boolean }
  | { readonly layer: 'components'; readonly folder: string }
  | { readonly layer: 'app' }
  | { readonly layer: 'entry'; readonly folder: string }

/** The place of a path; what is neither library, component nor page is an entry: it starts things. */
export function placeOf(path: string): Place {
  const parts = path.split('/')
  const [top = '', second = '', third] = parts
  if (top === 'components') return { layer: 'components', folder: parts.length > 2 ? second : '' }
  if (top === 'app') return { layer: 'app' }
  if (top !== 'lib') return { layer: 'entry', folder: parts.length > 1 ? top : '' }
  if (third === undefined) {
    const name = wordOf(second)
    return { layer: 'kernel', name, isPure: pureKernel.includes(name) }
  }
  const word = wordOf(third)
  return { layer: 'noun', noun: second, word, isEdge: second === 'api' || edgeWords.includes(word) }
}

/** `sql.ts`, `sql` (the folder) and `sql.db.test.ts` all speak the word `sql`. */
export function wordOf(name: string): string {
  return name.replace(/(\.(db|race))*(\.(test|spec))?\.(ts|tsx|js|md)$/, '')
}
