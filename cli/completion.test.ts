import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const hasZsh = spawnSync('zsh', ['-fc', '']).status === 0
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-completion-'))
  const { stdout } = await run(process.execPath, ['cli/souk.js', 'completion', 'bash'])
  await writeFile(join(folder, 'souk.bash'), stdout)
}, 30_000)
afterAll(() => rm(folder, { recursive: true }))

/** What bash offers at the end of the line. */
async function complete(...words: string[]): Promise<string[]> {
  const script = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _souk; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = await run('bash', ['-c', script, 'bash', join(folder, 'souk.bash'), ...words], { cwd: folder })
  return stdout.split('\n').filter(Boolean)
}

test('bash takes the completion, and completes commands, parts and options', async () => {
  const { stdout } = await run('bash', ['-c', 'source "$1"; complete -p souk', 'bash', join(folder, 'souk.bash')])
  expect(stdout).toBe('complete -F _souk souk\n')
  expect(await complete('souk', 'b')).toEqual(['buy', 'bazaar', 'bench'])
  expect(await complete('souk', 'sell', 're')).toEqual(['restock'])
  expect(await complete('souk', 'sell', 'add', '--con')).toEqual(['--condition'])
  expect(await complete('souk', '--json', 'buy', 'bear', '--qu')).toEqual(['--quantity'])
  expect(await complete('souk', 'audit', '--w')).toEqual(['--watch'])
})

test('bash completes the file to import, and the scenario to play', async () => {
  for (const command of ['import', 'simulate']) expect(await complete('souk', command, 'so')).toEqual(['souk.bash'])
})

/** What zsh is given to choose from at the end of the line, with what it means. */
async function describe(...words: string[]): Promise<string[]> {
  const script = `_describe() { print -rl -- $choices }; _files() { print -r -- FILES }; compdef() { }
    source "$1"; shift; words=("$@"); CURRENT=$#; _souk`
  const { stdout } = await run('zsh', ['-fc', script, 'zsh', join(folder, '_souk'), ...words])
  return stdout.split('\n').filter(Boolean)
}

test.skipIf(!hasZsh)('zsh takes the completion, and is told what each choice means', async () => {
  const { stdout } = await run(process.execPath, ['cli/souk.js', 'completion', 'zsh'])
  await writeFile(join(folder, '_souk'), stdout)
  expect(await describe('souk', '')).toContain('sell:add, price, restock, withdraw, list')
  expect(await describe('souk', 'sell', 're')).toContain('restock:add pieces')
  expect(await describe('souk', '--json', 'cart', 'add', '-')).toContain('--quantity:how many more')
  expect(await describe('souk', 'simulate', '')).toContain('FILES')
  expect(await describe('souk', 'sell', '')).not.toContain('FILES')
})

test('the completion for zsh names every command that bash’s names', async () => {
  const { stdout } = await run(process.execPath, ['cli/souk.js', 'completion', 'zsh'])
  expect(stdout).toMatch(/^#compdef souk\n/)
  for (const name of await complete('souk', '')) expect(stdout).toContain(`'${name}:`)
})
