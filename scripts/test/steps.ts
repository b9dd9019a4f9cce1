import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countPlaywright, countVitest, type Counts } from './counts.ts'

export interface Step {
  readonly name: string
  /** Commands in order; each runs even when the one before it failed. */
  readonly commands: readonly (readonly [string, ...string[]])[]
  readonly env?: Readonly<Record<string, string>>
  /** For steps that run tests: how many passed and failed. */
  readonly count?: () => Counts
  /** Work to do before, such as finding a browser; what it throws fails the step. */
  readonly prepare?: () => Promise<void>
}

/** Next writes the types of the pages' properties, which no checkout carries. */
const routeTypes = ['next', 'typegen'] as const

/** The bugs that would hurt most; `node scripts/plant-bugs.ts` without a name plants all of them. */
const PLANTED = [
  'no-availability-check',
  'running-sum',
  'locked-as-asked',
  'position-before-the-lock',
  'newcomer-passes',
  'clock-of-the-node',
  'merge-drops-a-line',
  'cap-without-bought',
  'no-fence',
] as const

const reports = mkdtempSync(join(tmpdir(), 'souk-reports-'))

/** Everything `npm test` does, in order. */
export function listSteps(): Step[] {
  return [
    { name: 'format', commands: [['prettier', '--check', '--log-level', 'warn', '.']] },
    { name: 'lint', commands: [routeTypes, ['eslint', '--max-warnings', '0', '.']] },
    { name: 'types', commands: [routeTypes, ['tsc', '--noEmit']] },
    { name: 'structure', commands: [['node', 'scripts/check-structure.ts'], ['knip']] },
    vitest('unit'),
    vitest('db'),
    { name: 'bugs', commands: [['node', 'scripts/plant-bugs.ts', ...PLANTED]] },
    browser(),
  ]
}

function vitest(project: string): Step {
  const report = join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return {
    name: project,
    commands: [['vitest', 'run', '--project', project, ...reporters]],
    count: () => countVitest(report),
    prepare: async () => void (await import('../test-redis.ts')).requireRedis(),
  }
}

function browser(): Step {
  const report = join(reports, 'browser.json')
  return {
    name: 'browser',
    commands: [['playwright', 'test', '--reporter=list,json']],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    count: () => countPlaywright(report),
    // Loaded here, because Playwright is not needed for the other steps.
    prepare: async () => void (await import('../browser.ts')).requireBrowser(),
  }
}
