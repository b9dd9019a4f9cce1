import { expect, test } from 'vitest'
import { checkPassword, HANDLE_PATTERN, isReservedHandle, noteAfterMs, ONE_LINE, safeRedirect } from './rules.ts'

test('a handle is lower-case letters, digits, and single hyphens between them', () => {
  for (const good of ['ada', 'a1', 'ada-lovelace', '1-2-3']) expect(good).toMatch(HANDLE_PATTERN)
  for (const bad of ['Ada', '-ada', 'ada-', 'a--b', 'a_b', 'ädä', 'a b', '', 'ada\n']) {
    expect(bad).not.toMatch(HANDLE_PATTERN)
  }
})

test("the market's own names are nobody's handle", () => {
  for (const handle of ['admin', 'api', 'souk', 'sign-in']) expect(isReservedHandle(handle)).toBe(true)
  expect(isReservedHandle('ada')).toBe(false)
})

test('a line has no control characters, half surrogates or marks that turn text around', () => {
  for (const good of ['Ada', 'Søren Åse', '李小龍', '👩‍🎨 Ada', 'عائشة']) expect(good).toMatch(ONE_LINE)
  for (const bad of ['a\u0000b', 'a\nb', 'a\u202Eb', 'a\u2066b', 'a\uD800', 'a\u2028b'])
    expect(bad).not.toMatch(ONE_LINE)
})

test('a password everybody guesses is refused, in any case and width', () => {
  for (const password of ['password123', 'PassWord123', '1234567890', 'aaaaaaaaaa', 'ababababab', 'ｐassword123']) {
    expect(checkPassword(password, 'ada')).toMatchObject({ ok: false, refusal: { code: 'common-password' } })
  }
})

test('a password that contains the handle is refused', () => {
  expect(checkPassword('My-name-is-ADA!', 'ada')).toMatchObject({ ok: false, refusal: { code: 'personal-password' } })
  expect(checkPassword('a lamp by the sea', 'ada')).toMatchObject({ ok: true })
})

test('the use of a session is noted often enough that a session in use never idles out', () => {
  expect(noteAfterMs(7 * 86_400_000)).toBe(60_000)
  expect(noteAfterMs(10_000)).toBe(5_000)
})

test('a sign-in leads nowhere but to this site', () => {
  const base = 'http://127.0.0.1:3000'
  expect(safeRedirect('/cart', base)).toBe('http://127.0.0.1:3000/cart')
  expect(safeRedirect('http://localhost:3000/cart', base)).toBe('http://localhost:3000/cart')
  for (const foreign of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'http://localhost:4000/',
    'https://127.0.0.1:3000/',
    'javascript:alert(1)',
    'http://[',
  ]) {
    expect(safeRedirect(foreign, base)).toBe(base)
  }
  expect(safeRedirect('http://localhost:443/', 'https://souk.example')).toBe('https://souk.example')
})
