import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { useTestDatabase } from '../scripts/test-database.ts'
import { countsOf, makeItem, PASSWORD, signUp, useSouk } from '../scripts/test-souk.ts'
import { KEY, type Terminal } from '../scripts/test-terminal.ts'

await useTestDatabase()
const { url, souk, terminal } = await useSouk()

const MENU = 'What would you like to do?'

/** Into a room of the menu: so many steps down from its first line. */
async function enter({ shows, press }: Terminal, room: 'check' | 'watch' | 'buy' | 'sell' | 'orders' | 'quit') {
  await shows(MENU)
  await shows('Quit')
  const steps = ['check', 'watch', 'buy', 'sell', 'orders', 'quit'].indexOf(room)
  press(...Array.from({ length: steps }, () => KEY.down), KEY.enter)
}

test('the arrows lead to Quit, and quitting is no failure', async () => {
  const menu = terminal([])
  await enter(menu, 'quit')
  await menu.shows('Bye.')
  expect(await menu.ended).toBe(0)
}, 30_000)

test('a count in the list changes while somebody chooses', async () => {
  const SOUK_TOKEN = await signUp(url, 'lia')
  const [item] = [await makeItem('Marble lamp', 9), await makeItem('Marble plate', 5)]
  const menu = terminal([])
  await enter(menu, 'check')
  await menu.shows('What are you looking for?')
  menu.press('marble', KEY.enter)
  await menu.shows('2 on sale. Which one?')
  await menu.shows(/Marble lamp +€10\.00 +9 left/)
  await souk(['cart', 'add', item.slug, '-n', '2'], { SOUK_TOKEN })
  await menu.shows(/Marble lamp +€10\.00 +7 left/)
  await souk(['cart', 'clear'], { SOUK_TOKEN })
  await menu.shows(/Marble lamp +€10\.00 +9 left/)
  menu.press('lamp')
  await menu.shows('(1 match)')
  menu.press(KEY.enter)
  await menu.shows('Marble lamp (new), by ')
  await menu.shows('€10.00, 9 left, 0 held')
  await menu.shows(MENU)
  menu.press(KEY.ctrlC)
  expect(await menu.ended).toBe(130)
}, 60_000)

test('the arrows choose in a list, and the quantity’s own count is live', async () => {
  const SOUK_TOKEN = await signUp(url, 'mia')
  const other = await signUp(url, 'noa')
  const [first] = [await makeItem('Silver fork', 9), await makeItem('Silver spoon', 5)]
  const menu = terminal([], { SOUK_TOKEN })
  await enter(menu, 'buy')
  await menu.shows('What are you looking for?')
  menu.press('silver', KEY.enter)
  // The newest stands first, so the fork is one down.
  await menu.shows('Silver fork')
  await menu.shows('Type: to search')
  menu.press(KEY.down, KEY.enter)
  await menu.shows('How many? (9 left)')
  await souk(['cart', 'add', first.slug, '-n', '4'], { SOUK_TOKEN: other })
  await menu.shows('How many? (5 left)')
  menu.press('7', KEY.enter)
  await menu.shows('There are not that many left. 5 left. 4 are in other carts and may come back.')
  await menu.shows(MENU)
  menu.press(KEY.escape)
  expect(await menu.ended).toBe(0)
}, 60_000)

test('nobody at the keys: the question is taken back, what was held is back, and the menu says so', async () => {
  const SOUK_TOKEN = await signUp(url, 'pia')
  const { variantId } = await makeItem('Velvet hat', 3)
  const menu = terminal([], { SOUK_TOKEN, SOUK_MENU_TIMEOUT_MS: '3000' })
  await enter(menu, 'buy')
  await menu.shows('What are you looking for?')
  menu.press('velvet', KEY.enter)
  await menu.shows(/Velvet hat +€10\.00 +3 left/)
  menu.press(KEY.enter)
  await menu.shows('How many?')
  menu.press('2', KEY.enter)
  await menu.shows('Who shall it be sent to?')
  expect(await countsOf(variantId)).toEqual({ free: 1, held: 2 })
  await menu.shows('Given back: 2 × Velvet hat.')
  await menu.shows('Nobody answered for 3 s: back to the menu.')
  expect(await countsOf(variantId)).toEqual({ free: 3, held: 0 })
  await menu.shows(MENU)
  menu.press(KEY.ctrlC)
  expect(await menu.ended).toBe(130)
}, 60_000)

test('a name that there is not is said to be none, with what is near', async () => {
  await makeItem('Walnut clock', 2)
  const menu = terminal([])
  await enter(menu, 'watch')
  await menu.shows('What are you looking for?')
  menu.press('wallnut clok', KEY.enter)
  await menu.shows(`There is no "wallnut clok" on sale at ${url}. Near to it: Walnut clock.`)
  await menu.shows('What are you looking for?')
  menu.press('walnut clock', KEY.enter)
  await menu.shows(/Walnut clock +€10\.00 +2 left/)
  menu.press(KEY.enter)
  await menu.shows('Walnut clock. Any key goes back to the menu.')
  await menu.shows('2 left, 0 held')
  menu.press('x')
  await menu.shows(MENU)
  menu.press(KEY.ctrlC)
  expect(await menu.ended).toBe(130)
}, 60_000)

test('who is not signed in is asked when it matters, and the password is never on the screen', async () => {
  await signUp(url, 'quin')
  const home = await mkdtemp(join(tmpdir(), 'souk-quin-'))
  afterAll(() => rm(home, { recursive: true }))
  const menu = terminal([], { XDG_CONFIG_HOME: '', HOME: home })
  await enter(menu, 'orders')
  await menu.shows('Handle or e-mail at ')
  menu.press('quin', KEY.enter)
  await menu.shows('Password (it is not shown)')
  menu.press(PASSWORD, KEY.enter)
  await menu.shows('You ordered nothing yet.')
  await menu.shows(MENU)
  menu.press(KEY.escape)
  expect(await menu.ended).toBe(0)
  expect(menu.output()).not.toContain(PASSWORD.slice(0, 4))
}, 60_000)

test('Ctrl-C at each question of the menu’s purchase ends with 130, and nothing is held', async () => {
  const SOUK_TOKEN = await signUp(url, 'rosa')
  const { variantId } = await makeItem('Quartz bell', 4)
  const steps = [
    ['What are you looking for?', 'quartz'],
    [/Quartz bell +€10\.00 +4 left/, ''],
    ['How many?', '3'],
    ['Who shall it be sent to?', ''],
  ] as const
  for (const last of steps.keys()) {
    const menu = terminal([], { SOUK_TOKEN })
    await enter(menu, 'buy')
    for (const [index, [shown, typed]] of steps.slice(0, last + 1).entries()) {
      await menu.shows(shown)
      if (index < last) menu.press(typed, KEY.enter)
    }
    menu.press(KEY.ctrlC)
    if (last === steps.length - 1) await menu.shows('Given back: 3 × Quartz bell.')
    expect(await menu.ended).toBe(130)
    expect(await countsOf(variantId)).toEqual({ free: 4, held: 0 })
  }
}, 90_000)

test('in a pipe there is no menu: the help', async () => {
  const { code, out } = await souk([])
  expect(code).toBe(0)
  expect(out).toMatch(/^souk \[<command>\] \[options\]\n/)
})
