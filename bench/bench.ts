import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

// npm run bench -- <name>: one folder per measurement.
const [name = ''] = process.argv.slice(2)
const names = readdirSync(import.meta.dirname).filter((each) => existsSync(join(import.meta.dirname, each, 'bench.ts')))
if (names.includes(name)) await import(`./${name}/bench.ts`)
else {
  console.error(`npm run bench -- <name>, where the name is one of: ${names.join(', ')}.`)
  process.exitCode = 2
}
