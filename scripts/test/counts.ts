import { readFileSync } from 'node:fs'

export interface Counts {
  readonly passed: number
  readonly failed: number
}

/** What vitest's JSON report says; a file that could not even be loaded is one failure. */
export function countVitest(path: string): Counts {
  const report = read<VitestReport>(path)
  if (!report) return { passed: 0, failed: 0 }
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }
}

/** What Playwright's JSON report says. */
export function countPlaywright(path: string): Counts {
  const report = read<PlaywrightReport>(path)
  if (!report) return { passed: 0, failed: 0 }
  return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected }
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number }
}

/** A runner that died wrote no report: its exit code speaks for it. */
function read<Report>(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}
