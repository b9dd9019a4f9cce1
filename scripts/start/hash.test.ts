import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashFiles } from './hash.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'souk-hash-'))
  await mkdir(join(root, 'lib', 'deep'), { recursive: true })
  await writeFile(join(root, 'lib', 'deep', 'a.ts'), 'one')
  await writeFile(join(root, 'config.js'), 'two')
})

afterEach(() => rm(root, { recursive: true }))

test('the hash is the same whatever the order, and with what does not exist', async () => {
  const hash = await hashFiles(root, ['lib', 'config.js'])
  expect(await hashFiles(root, ['config.js', 'public', 'lib'])).toBe(hash)
})

test('an edit, a new file and a renamed file each change it', async () => {
  const hash = await hashFiles(root, ['lib'])
  await writeFile(join(root, 'lib', 'deep', 'a.ts'), 'One')
  const edited = await hashFiles(root, ['lib'])
  await writeFile(join(root, 'lib', 'deep', 'b.ts'), '')
  const added = await hashFiles(root, ['lib'])
  expect(new Set([hash, edited, added]).size).toBe(3)
})

test('a test file changes nothing, as no page is made of it', async () => {
  const hash = await hashFiles(root, ['lib'])
  await writeFile(join(root, 'lib', 'a.test.ts'), 'a test')
  expect(await hashFiles(root, ['lib'])).toBe(hash)
})
