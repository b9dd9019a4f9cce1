import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'

const lock = z
  .object({
    packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
  })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))

/** The folders a package may find another in: its own, and those of the packages it lies in. */
function placesOf(path: string, name: string): string[] {
  const outer = path.lastIndexOf('node_modules/')
  const here = `${path === '' ? '' : `${path}/`}node_modules/${name}`
  return outer === -1 ? [here] : [here, ...placesOf(path.slice(0, outer).replace(/\/$/, ''), name)]
}

// npm leaves out what the machine that wrote the lock did not install, and `npm ci` then refuses the lock everywhere.
test('the lock names every platform’s packages, not only those of the machine that wrote it', () => {
  const wanted = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ name, places: placesOf(path, name) })),
  )
  expect(wanted.length).toBeGreaterThan(100)
  const missing = wanted.filter(({ places }) => !places.some((place) => place in lock.packages))
  expect(missing.map(({ name }) => name)).toEqual([])
})
