import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bugsOfEngine } from './bugs-of-engine.ts'
import { bugsOfRules } from './bugs-of-rules.ts'
import { bugsOfTrader } from './bugs-of-trader.ts'
import { applyEdit } from './checkout-copy.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const bugs = [...bugsOfRules, ...bugsOfEngine, ...bugsOfTrader]

test.each(bugs)(
  '$name can still be planted: what it replaces stands there once, and its test is there',
  async (bug) => {
    for (const edit of bug.edits) {
      const text = await readFile(join(ROOT, edit.file), 'utf8')
      expect(applyEdit(text, edit)).not.toBe(text)
    }
    const { file, only } = bug.killer
    expect(existsSync(join(ROOT, file)), file).toBe(true)
    if (only) expect(await readFile(join(ROOT, file), 'utf8')).toContain(only)
  },
)

test('no two bugs have one name', () => {
  expect(new Set(bugs.map((bug) => bug.name)).size).toBe(bugs.length)
})

test('what is not there, or there twice, is not planted', () => {
  const edit = { file: 'a.ts', find: 'x', replace: 'y' }
  expect(applyEdit('a x b', edit)).toBe('a y b')
  expect(() => applyEdit('a b', edit)).toThrow('a.ts has 0 times, not once: x')
  expect(() => applyEdit('x x', edit)).toThrow('a.ts has 2 times, not once: x')
})
