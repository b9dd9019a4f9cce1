import { expect, test } from 'vitest'
import { ADDRESS, countsOf, makeItem, signUp, useSouk } from '../scripts/test-souk.ts'
import { useTestDatabase } from '../scripts/test-database.ts'
import { KEY } from '../scripts/test-terminal.ts'

await useTestDatabase()
const { url, souk, terminal } = await useSouk()

test('who is sure buys in one line: the pieces are sold, and the order’s number is printed', async () => {
  const SOUK_TOKEN = await signUp(url, 'ada')
  const { slug, variantId } = await makeItem('Copper kettle', 5)
  const { code, out, error } = await souk(['buy', slug, '-n', '2', '--yes', '--json', ...ADDRESS], { SOUK_TOKEN })
  expect(error).toBe('')
  const order = JSON.parse(out) as { number: string; status: string }
  expect(order).toMatchObject({ number: expect.stringMatching(/^S-[0-9A-Z]{8}$/) as string, status: 'paid' })
  expect(code).toBe(0)
  expect(await countsOf(variantId)).toEqual({ free: 3, held: 0 })

  const listed = await souk(['orders', '--json'], { SOUK_TOKEN })
  expect((JSON.parse(listed.out) as { number: string }).number).toBe(order.number)
  const shown = await souk(['orders', 'show', order.number], { SOUK_TOKEN })
  expect(shown.out).toContain('2 × Copper kettle')
}, 40_000)

test('a refusal says how many are left and that pieces in other carts may come back', async () => {
  const SOUK_TOKEN = await signUp(url, 'bea')
  const { slug, variantId } = await makeItem('Iron pan', 3)
  const other = await signUp(url, 'carl')
  expect((await souk(['cart', 'add', slug, '-n', '2'], { SOUK_TOKEN: other })).code).toBe(0)
  const words = await souk(['buy', slug, '-n', '3', '--yes', ...ADDRESS], { SOUK_TOKEN })
  expect(words).toMatchObject({ code: 1, out: '' })
  expect(words.error).toContain('1 left. 2 are in other carts and may come back.')
  const json = await souk(['buy', slug, '-n', '3', '--yes', '--json', ...ADDRESS], { SOUK_TOKEN })
  expect(json).toMatchObject({ code: 1, out: '' })
  expect(JSON.parse(json.error)).toMatchObject({ code: 'not-enough', detail: { available: 1, inCarts: 2 } })
  expect(await countsOf(variantId)).toEqual({ free: 1, held: 2 })
}, 40_000)

test('a declined card buys nothing, and what was held is back on the shelf and said to be', async () => {
  const SOUK_TOKEN = await signUp(url, 'dora')
  const { slug, variantId } = await makeItem('Tin cup', 4)
  const card = ['--card', '4000 0000 0000 0002']
  const { code, out, error } = await souk(['buy', slug, '--yes', ...card, ...ADDRESS], { SOUK_TOKEN })
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(error).toContain('The payment was declined.')
  expect(error).toContain('Given back: 1 × Tin cup.')
  expect(await countsOf(variantId)).toEqual({ free: 4, held: 0 })
}, 40_000)

test('a card that is no test card never leaves this machine, and nothing is held', async () => {
  const SOUK_TOKEN = await signUp(url, 'emil')
  const { slug, variantId } = await makeItem('Zinc tub', 4)
  const { code, error } = await souk(['buy', slug, '--yes', '--card', '4111111111111111', ...ADDRESS], { SOUK_TOKEN })
  expect(code).toBe(2)
  expect(error).toContain('only test cards work')
  expect(await countsOf(variantId)).toEqual({ free: 4, held: 0 })
}, 40_000)

test('an order takes all of a cart: who said one thing is not made to pay for another', async () => {
  const SOUK_TOKEN = await signUp(url, 'fay')
  const [first, second] = [await makeItem('Blue bowl', 4), await makeItem('Green bowl', 4)]
  await souk(['cart', 'add', first.slug], { SOUK_TOKEN })
  const alone = await souk(['buy', second.slug, '--yes', '--json', ...ADDRESS], { SOUK_TOKEN })
  expect(alone.code).toBe(1)
  expect(JSON.parse(alone.error)).toMatchObject({ code: 'cart-not-empty' })
  expect(await countsOf(second.variantId)).toEqual({ free: 4, held: 0 })
  const both = await souk(['buy', second.slug, '--yes', '--with-cart', ...ADDRESS], { SOUK_TOKEN })
  expect(both.code).toBe(0)
  expect(await countsOf(first.variantId)).toEqual({ free: 3, held: 0 })
}, 40_000)

/** What is on the screen when Ctrl-C is pressed, and the keys that lead on from there. */
const STEPS = [
  { shows: 'Who shall it be sent to?', answer: 'Gil' },
  { shows: 'Street and number', answer: 'Lane 1' },
  { shows: 'Postal code', answer: '10115' },
  { shows: 'Town', answer: 'Berlin' },
  { shows: 'Country, as a code such as DE', answer: 'DE' },
  { shows: 'Test card', answer: '' },
  { shows: 'Keep this for the next time?', answer: 'n' },
  { shows: 'Buy it?', answer: '' },
] as const

test('Ctrl-C at each question of a purchase gives the pieces back, says so, and ends with 130', async () => {
  const SOUK_TOKEN = await signUp(url, 'gil')
  const { slug, variantId } = await makeItem('Oak chest', 6)
  for (const last of STEPS.keys()) {
    const { shows, press, ended } = terminal(['buy', slug, '-n', '2'], { SOUK_TOKEN })
    for (const [index, step] of STEPS.slice(0, last + 1).entries()) {
      await shows(step.shows)
      if (index < last) press(...(step.answer === 'n' ? ['n'] : [step.answer, KEY.enter]))
    }
    expect(await countsOf(variantId)).toEqual({ free: 4, held: 2 })
    press(KEY.ctrlC)
    await shows('Given back: 2 × Oak chest.')
    expect(await ended).toBe(130)
    expect(await countsOf(variantId)).toEqual({ free: 6, held: 0 })
  }
}, 120_000)

test('Yes buys, and No gives back', async () => {
  const SOUK_TOKEN = await signUp(url, 'hugo')
  const { slug, variantId } = await makeItem('Elm stool', 6)
  const no = terminal(['buy', slug, ...ADDRESS], { SOUK_TOKEN })
  await no.shows('1 × Elm stool')
  await no.shows('Buy it?')
  no.press('n')
  await no.shows('Nothing was bought.')
  await no.shows('Given back: 1 × Elm stool.')
  expect(await no.ended).toBe(1)
  expect(await countsOf(variantId)).toEqual({ free: 6, held: 0 })
  const yes = terminal(['buy', slug, ...ADDRESS], { SOUK_TOKEN })
  await yes.shows('Buy it?')
  yes.press(KEY.enter)
  await yes.shows(/Bought: order S-[0-9A-Z]{8}\./)
  expect(await yes.ended).toBe(0)
  expect(await countsOf(variantId)).toEqual({ free: 5, held: 0 })
}, 40_000)

test('Ctrl-C while a payment waits for its buyer gives it up, and the pieces are back', async () => {
  const SOUK_TOKEN = await signUp(url, 'ines')
  const { slug, variantId } = await makeItem('Ash table', 2)
  const { shows, press, ended } = terminal(['buy', slug, '--card', '4000002760003184', ...ADDRESS], { SOUK_TOKEN })
  await shows('Buy it?')
  press(KEY.enter)
  await shows('Confirm the payment here: http')
  press(KEY.ctrlC)
  await shows(/The payment of S-[0-9A-Z]{8} is given up\./)
  await shows('Given back: 1 × Ash table.')
  expect(await ended).toBe(130)
  expect(await countsOf(variantId)).toEqual({ free: 2, held: 0 })
}, 40_000)

test('what a cart held before a purchase that was broken off, it holds after', async () => {
  const SOUK_TOKEN = await signUp(url, 'jon')
  const { slug, variantId } = await makeItem('Pine shelf', 5)
  await souk(['cart', 'add', slug], { SOUK_TOKEN })
  const { shows, press, ended } = terminal(['buy', slug, '-n', '3', ...ADDRESS], { SOUK_TOKEN })
  await shows('Buy it?')
  expect(await countsOf(variantId)).toEqual({ free: 2, held: 3 })
  press(KEY.ctrlC)
  await shows('Given back: 2 × Pine shelf.')
  await ended
  expect(await countsOf(variantId)).toEqual({ free: 4, held: 1 })
}, 40_000)
