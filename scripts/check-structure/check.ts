import { checkCode } from './code.ts'
import { listCycles } from './cycles.ts'
import { checkImport } from './imports.ts'
import { listModules, type Tree } from './modules.ts'
import { checkNames } from './names.ts'

export interface Findings {
  readonly modules: number
  /** Imports of one file of ours by another. */
  readonly imports: number
  readonly faults: readonly string[]
}

/** Holds a tree against the layout: names, sizes, who imports whom, and what each kind of file may do. */
export function checkStructure(tree: Tree): Findings {
  const modules = listModules(tree)
  const ours = modules.flatMap((module) =>
    module.imports.filter((edge) => edge.isOurs).map((edge) => ({ module, edge })),
  )
  const missing = ours.filter(({ edge }) => !tree.has(edge.to) && !edge.to.endsWith('.css'))
  return {
    modules: modules.length,
    imports: ours.length,
    faults: [
      ...checkNames(tree),
      ...missing.map(({ module, edge }) => `${module.path}:${edge.line} imports ${edge.to}, which is not there.`),
      ...modules.flatMap((module) =>
        module.imports.map((edge) => checkImport(module, edge)).filter((fault) => fault !== undefined),
      ),
      ...modules.flatMap(checkCode),
      ...listCycles(modules),
    ],
  }
}
