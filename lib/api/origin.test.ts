import { expect, test } from 'vitest'

test('X-Forwarded-For counts as far as proxies of ours wrote it, and not a word further', async () => {
  process.env.TRUSTED_PROXIES = '127.0.0.1, 10.0.0.0/8, fd00::/8'
  const { addressFrom } = await import('./origin.ts')
  const cases = [
    ['203.0.113.9', undefined, '203.0.113.9'],
    // Somebody who is no proxy of ours may claim what they like.
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    // What stands left of the first stranger, the stranger may have written.
    ['10.1.2.3', '1.1.1.1, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['fd00::1', 'nonsense', 'nonsense'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    [undefined, undefined, 'unknown'],
  ] as const
  for (const [peer, forwarded, address] of cases) expect(addressFrom(peer, forwarded)).toBe(address)
})
