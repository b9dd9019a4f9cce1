import { setTimeout as rest } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { newSuggester } from './suggester.ts'

/** Answers when it is told to. */
function slowMarket() {
  const asked: { text: string; answer: (titles: readonly string[]) => void; fail: () => void }[] = []
  const ask = (text: string) =>
    new Promise<readonly string[]>((answer, fail) =>
      asked.push({ text, answer, fail: () => fail(new Error('no market')) }),
    )
  const shown: (readonly string[])[] = []
  const suggester = newSuggester(ask, (titles) => shown.push(titles))
  const words = () => asked.map(({ text }) => text)
  return { ...suggester, asked, shown, words }
}

test('what is typed in one go is asked for once, when it rests', async () => {
  const { want, words } = slowMarket()
  for (const text of ['br', 'bra', 'bras ']) want(text)
  await vi.waitFor(() => expect(words()).toEqual(['bras']))
})

test('one letter asks for nothing and takes away what was shown', async () => {
  const { want, words, asked, shown } = slowMarket()
  want('br')
  await vi.waitFor(() => expect(words()).toEqual(['br']))
  asked[0]?.answer(['Brass bowl'])
  await vi.waitFor(() => expect(shown).toEqual([['Brass bowl']]))
  want('b')
  expect(shown).toEqual([['Brass bowl'], []])
})

test('what is typed meanwhile waits for the answer under way, which is then not shown', async () => {
  const { want, words, asked, shown } = slowMarket()
  want('br')
  await vi.waitFor(() => expect(words()).toEqual(['br']))
  want('bra')
  // Longer than the rest after which it would be asked for.
  await rest(400)
  expect(words()).toEqual(['br'])
  asked[0]?.answer(['Bread knife'])
  await vi.waitFor(() => expect(words()).toEqual(['br', 'bra']))
  asked[1]?.answer(['Brass bowl'])
  await vi.waitFor(() => expect(shown).toEqual([['Brass bowl']]))
})

test('an answer that comes after the field was left is not shown', async () => {
  const { want, stop, words, asked, shown } = slowMarket()
  want('br')
  await vi.waitFor(() => expect(words()).toEqual(['br']))
  stop()
  asked[0]?.answer(['Brass bowl'])
  want('bra')
  await vi.waitFor(() => expect(words()).toEqual(['br', 'bra']))
  expect(shown).toEqual([[]])
})

test('a failure shows nothing, and the next text is asked for', async () => {
  const { want, words, asked, shown } = slowMarket()
  want('br')
  await vi.waitFor(() => expect(words()).toEqual(['br']))
  asked[0]?.fail()
  await vi.waitFor(() => expect(shown).toEqual([[]]))
  want('bra')
  await vi.waitFor(() => expect(words()).toEqual(['br', 'bra']))
})
