import { writeFile } from 'node:fs/promises'
import { rolldown } from 'rolldown'
import ts from 'typescript'

const CLIENT = 'lib/api/client.ts'

/**
 * Bundles the typed client into one file that runs anywhere, and its types into one beside it:
 * `node scripts/bundle-client.ts [file]`. What the types take from Hono's own comes with `npm install hono`.
 */
export async function bundleClient(file: string): Promise<void> {
  const bundle = await rolldown({
    input: CLIENT,
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
  })
  await bundle.write({ file, format: 'esm', minify: false })
  await bundle.close()
  await writeFile(file.replace(/(\.m?)js$|$/, '.d$1ts'), typesOfClient())
}

/** The client's declarations: the compiler writes out what it infers from the routes, so that no file of ours is needed. */
function typesOfClient(): string {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: unknown }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.')
  const emitted = { ...options, noEmit: false, incremental: false, declaration: true, emitDeclarationOnly: true }
  const program = ts.createProgram([CLIENT], emitted)
  let types = ''
  const { diagnostics } = program.emit(program.getSourceFile(CLIENT), (_, text) => (types = text), undefined, true)
  const ours = /(from|import\() ?['"][#.][^'"]+/.exec(types)
  if (diagnostics.length > 0 || types === '' || ours) {
    throw new Error(`The client's types cannot stand alone: ${ours?.[0] ?? ts.formatDiagnostics(diagnostics, HOST)}`)
  }
  return types
}

const HOST: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => '.',
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
}

if (import.meta.main) await bundleClient(process.argv[2] ?? 'dist/souk-client.js')
