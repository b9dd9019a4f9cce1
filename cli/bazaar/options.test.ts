import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('without a word it is a bazaar of 30 seconds in which nobody falls ill', () => {
  expect(readOptions([])).toEqual({
    ...{ peers: 3, buyers: 20, sellers: 4, seconds: 30, seed: 1 },
    ...{ strike: null, isJson: false, isFresh: false },
  })
})

test('a trader is killed or stands still, once or again and again', () => {
  const struck = (line: string) => readOptions(line.split(' ')).strike
  expect(struck('--fault-tolerance')).toEqual({ kind: 'kill', afterSeconds: 5, isRepeated: false })
  expect(struck('--fault-tolerance --timeout 7 --repeat')).toMatchObject({ afterSeconds: 7, isRepeated: true })
  expect(struck('--fault-tolerance --pause')).toMatchObject({ kind: 'pause' })
})

test.each([
  ['--peers 0', '--peers 0 does not do: it is a whole number from 1 to 16.'],
  ['--buyers many', '--buyers many does not do'],
  ['--sellers 1.5', '--sellers 1.5 does not do'],
  ['--seconds', 'argument missing'],
  ['--timeout 5', '--timeout says how a trader falls ill: it needs --fault-tolerance.'],
  ['--repeat', '--repeat says how'],
  ['--pause', '--pause says how'],
  ['--fault-tolerance --peers 1', '--peers is 2 or more'],
  ['--fault-tolerance --timeout 30', 'over before anything happened'],
  ['--fault-tolerance --timeout 0', '--timeout 0 does not do'],
  ['--peer 3', "Unknown option '--peer'"],
])('%s is refused in one sentence', (line, sentence) => {
  expect(() => readOptions(line.split(' '))).toThrow(sentence)
})
