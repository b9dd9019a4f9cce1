import { expect, test } from 'vitest'
import { useTestDatabase } from '../scripts/test-database.ts'
import { countsOf, makeItem, signUp, useSouk } from '../scripts/test-souk.ts'
import { KEY } from '../scripts/test-terminal.ts'

await useTestDatabase()
const { url, node, terminal } = await useSouk()

/** Somebody who holds two of four pieces and is asked where to. */
async function holdTwo(handle: string, title: string) {
  const SOUK_TOKEN = await signUp(url, handle)
  const { slug, variantId } = await makeItem(title, 4)
  const buying = terminal(['buy', slug, '-n', '2'], { SOUK_TOKEN })
  await buying.shows('Who shall it be sent to?')
  expect(await countsOf(variantId)).toEqual({ free: 2, held: 2 })
  return { ...buying, variantId }
}

test.each(['SIGTERM', 'SIGHUP'] as const)(
  '%s gives back what is held, as Ctrl-C does',
  async (name) => {
    const { signal, shows, ended, variantId } = await holdTwo(`a-${name.toLowerCase()}`, `Rope ${name}`)
    signal(name)
    await shows(`Given back: 2 × Rope ${name}.`)
    expect(await ended).toBe(130)
    expect(await countsOf(variantId)).toEqual({ free: 4, held: 0 })
  },
  40_000,
)

test('a window that is closed leaves nothing held', async () => {
  const { close, variantId } = await holdTwo('bert', 'Cork mat')
  close()
  await expect.poll(() => countsOf(variantId)).toEqual({ free: 4, held: 0 })
}, 40_000)

const UNTIL = String.raw`Still held for you until \d\d:\d\d:\d\d: 2 × `

test('a second Ctrl-C does not wait for a market that is silent, and says what stays held and until when', async () => {
  const { press, shows, ended, output } = await holdTwo('cora', 'Slate tile')
  process.kill(node.pid, 'SIGSTOP')
  try {
    press(KEY.ctrlC)
    await shows('Giving back what was held. Ctrl-C again leaves it.')
    press(KEY.ctrlC)
    await shows(new RegExp(`${UNTIL}Slate tile\\. Give it back: souk cart clear`))
    expect(await ended).toBe(130)
    expect(output()).not.toContain('Given back:')
  } finally {
    process.kill(node.pid, 'SIGCONT')
  }
}, 40_000)

test('a market that is gone while pieces are held: the command says which stay held, and until when', async () => {
  const { press, shows, ended, variantId } = await holdTwo('dirk', 'Amber bead')
  await node.kill()
  press(KEY.ctrlC)
  await shows(new RegExp(`${UNTIL}Amber bead \\(The market could not be reached\\.`))
  await shows('Give it back: souk cart clear')
  expect(await ended).toBe(130)
  expect(await countsOf(variantId)).toEqual({ free: 2, held: 2 })
}, 40_000)
