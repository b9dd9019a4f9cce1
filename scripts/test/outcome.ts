import type { Counts } from './counts.ts'

export interface Outcome extends Counts {
  readonly name: string
  readonly ok: boolean
  readonly ms: number
}

/** The table at the end, a line per step, and the closing line; a step that failed without a failed test counts as one. */
export function summarize(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ name, ok, ms, passed, failed }) => {
    const tests = passed + failed > 0 ? `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : ''
    return `${ok ? '✓' : '✗'} ${name.padEnd(10)} ${secondsOf(ms).padStart(8)}  ${tests}`.trimEnd()
  })
  const passed = sum(outcomes.map((outcome) => outcome.passed))
  const failed = sum(outcomes.map((outcome) => (outcome.ok ? 0 : Math.max(1, outcome.failed))))
  return [...rows, '', `${passed} passed, ${failed} failed`].join('\n')
}

export function secondsOf(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
