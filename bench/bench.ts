import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { measureAll } from './all.ts'

// npm run bench -- <name>: one folder per measurement; without a name all of them, in a quick form.
const [name = ''] = process.argv.slice(2)
const names = readdirSync(import.meta.dirname).filter((each) => existsSync(join(import.meta.dirname, each, 'bench.ts')))
if (name === '') process.exitCode = await measureAll(names)
else if (names.includes(name)) await import(`./${name}/bench.ts`)
else {
  console.error(
    `npm run bench -- <name>, where the name is one of: ${names.join(', ')}; without a name all, in a quick form.`,
  )
  process.exitCode = 2
}
