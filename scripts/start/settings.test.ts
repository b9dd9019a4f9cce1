import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseEnv } from '#lib/env'

const ROOT = join(import.meta.dirname, '..', '..')
/** Set by the scripts, not by operators. */
const OURS = ['NODE_ENV']

test('.env.example names every setting, and its defaults are the real ones', () => {
  const schema = readFileSync(join(ROOT, 'lib', 'env.ts'), 'utf8')
  const known = [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name)
  const shown = new Map(
    [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
  expect([...shown.keys()].sort()).toEqual(known.filter((name) => !OURS.includes(name)).sort())

  const defaults = Object.entries(parseEnv({})).filter(([name, value]) => !OURS.includes(name) && value !== '')
  expect(Object.fromEntries(defaults.map(([name]) => [name, shown.get(name)]))).toEqual(
    Object.fromEntries(defaults.map(([name, value]) => [name, String(value)])),
  )
})
