import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { useTestDatabase } from '../scripts/test-database.ts'
import { PASSWORD, signUp, useSouk } from '../scripts/test-souk.ts'
import { KEY } from '../scripts/test-terminal.ts'

await useTestDatabase()
const { url, souk, terminal } = await useSouk()

async function makeHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'souk-home-'))
  afterAll(() => rm(home, { recursive: true }))
  return home
}

async function keptIn(home: string) {
  const file = join(home, 'souk', 'credentials.json')
  const kept = JSON.parse(await readFile(file, 'utf8')) as Record<string, { handle: string; token: string }>
  return { kept: kept[url], text: await readFile(file, 'utf8'), mode: (await stat(file)).mode & 0o777 }
}

test('a password is asked for and never shown nor kept; the token it gets is, for nobody else’s eyes', async () => {
  await signUp(url, 'zoe')
  const home = await makeHome()
  const { shows, press, ended, output } = terminal(['login'], { XDG_CONFIG_HOME: home })
  await shows(`Handle or e-mail at ${url}`)
  press('zoe', KEY.enter)
  await shows('Password (it is not shown)')
  press(PASSWORD, KEY.enter)
  await shows(`Signed in to ${url} as zoe.`)
  expect(await ended).toBe(0)
  expect(output()).not.toContain(PASSWORD.slice(0, 4))
  const { kept, text, mode } = await keptIn(home)
  expect(kept?.handle).toBe('zoe')
  expect(text).not.toContain(PASSWORD)
  expect(mode).toBe(0o600)
  expect((await souk(['cart'], { XDG_CONFIG_HOME: home })).code).toBe(0)
}, 40_000)

test('logging out revokes the token: a copy of it is worth nothing', async () => {
  await signUp(url, 'yan')
  const home = await makeHome()
  const login = ['login', 'yan', '--password-stdin', '--json']
  const ran = await souk(login, { XDG_CONFIG_HOME: home }, `${PASSWORD}\n`)
  expect(JSON.parse(ran.out)).toEqual({ origin: url, handle: 'yan', seller: null })
  const SOUK_TOKEN = (await keptIn(home)).kept?.token ?? ''
  expect((await souk(['cart'], { SOUK_TOKEN })).code).toBe(0)
  expect((await souk(['logout'], { XDG_CONFIG_HOME: home })).code).toBe(0)
  expect((await keptIn(home)).kept).toBeUndefined()
  await expect.poll(async () => (await souk(['cart'], { SOUK_TOKEN })).code).toBe(2)
}, 40_000)

test('a wrong password is refused with 1, and nothing is kept', async () => {
  await signUp(url, 'xia')
  const home = await makeHome()
  const ran = await souk(
    ['login', 'xia', '--password-stdin', '--json'],
    { XDG_CONFIG_HOME: home },
    'wrong-password-1\n',
  )
  expect(ran).toMatchObject({ code: 1, out: '' })
  expect(JSON.parse(ran.error)).toMatchObject({ code: 'wrong-credentials' })
  await expect(keptIn(home)).rejects.toThrow('ENOENT')
}, 40_000)

test('Ctrl-C at the password ends with 130, and nothing is kept', async () => {
  const home = await makeHome()
  const { shows, press, ended } = terminal(['login', 'zoe'], { XDG_CONFIG_HOME: home })
  await shows('Password (it is not shown)')
  press('half', KEY.ctrlC)
  expect(await ended).toBe(130)
  await expect(keptIn(home)).rejects.toThrow('ENOENT')
}, 40_000)
