import { dirname, join } from 'node:path/posix'
import ts from 'typescript'

/** The repository as the checks see it: each path from the root with its text. */
export type Tree = ReadonlyMap<string, string>

export interface Import {
  /** The path in the tree, or the package as written. */
  readonly to: string
  readonly isOurs: boolean
  /** Erased before it runs. */
  readonly isType: boolean
  readonly line: number
}

export interface Module {
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly isTest: boolean
  readonly isClient: boolean
  readonly source: ts.SourceFile
}

/** The TypeScript and JavaScript files of the tree, parsed. */
export function listModules(tree: Tree): Module[] {
  return [...tree].filter(([path]) => /\.(ts|tsx|js)$/.test(path)).map(([path, text]) => parseModule(path, text))
}

export function isTestPath(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('e2e/') || /^scripts\/test-[a-z-]+\.ts$/.test(path)
}

/** Lines of text; the newline that ends the last one starts no other. */
export function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

function parseModule(path: string, text: string): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return {
    path,
    lines: countLines(text),
    imports: listImports(path, source),
    isTest: isTestPath(path),
    isClient: source.statements.some(isClientDirective),
    source,
  }
}

function isClientDirective(statement: ts.Statement): boolean {
  return (
    ts.isExpressionStatement(statement) &&
    ts.isStringLiteral(statement.expression) &&
    statement.expression.text === 'use client'
  )
}

function listImports(path: string, source: ts.SourceFile): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, specifier: ts.Node | undefined, isType: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    found.push({ ...resolve(path, specifier.text), isType, line })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeImport(node))
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], false)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false
  if (importClause.isTypeOnly) return true
  const { name, namedBindings } = importClause
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly)
}

function resolve(from: string, specifier: string): { to: string; isOurs: boolean } {
  if (specifier.startsWith('#lib/')) return { to: `${specifier.slice(1)}.ts`, isOurs: true }
  if (specifier.startsWith('#components/')) return { to: `${specifier.slice(1)}.tsx`, isOurs: true }
  if (specifier.startsWith('.')) return { to: join(dirname(from), specifier), isOurs: true }
  return { to: specifier, isOurs: false }
}
