import type { Module } from './modules.ts'

/** Each ring of files that import one another, as a sentence. Types are erased, so a ring of them never runs. */
export function listCycles(modules: readonly Module[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]))
  const done = new Set<string>()
  const trail: string[] = []
  const faults: string[] = []

  const visit = (path: string): void => {
    const start = trail.indexOf(path)
    if (start >= 0) {
      const ring = [...trail.slice(start), path].join(' → ')
      faults.push(`${ring} is a cycle: move what both ends need into a third file below them.`)
      return
    }
    if (done.has(path)) return
    trail.push(path)
    for (const edge of byPath.get(path)?.imports ?? []) if (edge.isOurs && !edge.isType) visit(edge.to)
    trail.pop()
    done.add(path)
  }
  for (const { path } of modules) visit(path)
  return faults
}
