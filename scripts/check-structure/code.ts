import ts from 'typescript'
import type { Module } from './modules.ts'
import { placeOf } from './places.ts'

/** What a file does that its place does not allow: impure rules, default exports, barrels. A sentence each. */
export function checkCode(module: Module): string[] {
  const place = placeOf(module.path)
  const isRule = place.layer === 'noun' && place.word === 'rules' && !module.isTest
  return [...(isRule ? listImpurities(module) : []), ...checkExports(module)]
}

function listImpurities({ path, source }: Module): string[] {
  const faults: string[] = []
  const visit = (node: ts.Node): void => {
    const what = impurityOf(node)
    if (what) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      faults.push(`${path}:${line} uses ${what}: rules are pure, so take it as an argument and let a command fetch it.`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return faults
}

function impurityOf(node: ts.Node): string | undefined {
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword) return 'await or async'
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'the clock'
  if (!ts.isPropertyAccessExpression(node)) return undefined
  const text = node.getText()
  if (text === 'Date.now' || text.startsWith('performance.')) return 'the clock'
  if (text === 'Math.random' || text.startsWith('crypto.')) return 'random numbers'
  return text === 'process.env' ? 'the environment' : undefined
}

function checkExports({ path, source }: Module): string[] {
  const faults: string[] = []
  const isFramework =
    path.startsWith('app/') ||
    // Next asks for its cache by this name.
    path === 'lib/pages/handler.ts' ||
    /\.config\.(ts|js)$/.test(path) ||
    /^scripts\/test-[a-z-]+\.ts$/.test(path)
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && !statement.exportClause) {
      faults.push(`${path} passes on all that another file exports: import it from where it is made.`)
    }
    const isDefault =
      ts.isExportAssignment(statement) ||
      (ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword))
    if (isDefault && !isFramework && !path.startsWith('e2e/')) {
      faults.push(`${path} has a default export: name it, so that it is called the same everywhere.`)
    }
  }
  return faults
}
