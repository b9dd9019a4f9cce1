import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Locked {
  version?: string
  resolved?: string
}

const root = join(import.meta.dirname, '..')
const floors = await read<Record<string, { floor: string; why: string }>>('security/floors.json')
const lock = await read<{ packages: Record<string, Locked> }>('package-lock.json')

test.each(Object.entries(floors))('every %s in the lockfile is new enough', (name, { floor, why }) => {
  const versions = Object.entries(lock.packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([, { version = '0' }]) => version)
  expect(versions, `${name} is not in the lockfile: take it out of security/floors.json`).not.toEqual([])
  expect(
    versions.filter((version) => isBelow(version, floor)),
    `below ${floor}: ${why}`,
  ).toEqual([])
})

test('every package comes from the npm registry', () => {
  const foreign = Object.values(lock.packages)
    .map(({ resolved }) => resolved)
    .filter((address) => address && !address.startsWith('https://registry.npmjs.org/'))
  expect(foreign).toEqual([])
})

test('versions are compared by their numbers', () => {
  expect(isBelow('16.4.4', '16.4.5')).toBe(true)
  expect(isBelow('16.4.10', '16.4.5')).toBe(false)
  expect(isBelow('8.21.0', '8.21.0')).toBe(false)
  expect(isBelow('16.4.5-canary.1', '16.4.5')).toBe(true)
})

/** A pre-release of the floor comes before it. */
function isBelow(version: string, floor: string): boolean {
  const [numbers = '', prerelease] = version.split('-')
  const left = numbers.split('.').map(Number)
  const right = floor.split('.').map(Number)
  const at = right.findIndex((number, index) => number !== left[index])
  return at < 0 ? prerelease !== undefined : (left[at] ?? 0) < (right[at] ?? 0)
}

async function read<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(join(root, path), 'utf8')) as T
}
