import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine, cut, quote, textOfHtml } from './plain-text.ts'
import { watchPace } from '../../../scripts/test-pace.ts'

const pace = watchPace()
test('HTML becomes paragraphs, lines and lists', () => {
  expect(textOfHtml('<p>One &amp; <b>two</b></p>\n<p>Three<br>four</p>')).toBe('One & two\n\nThree\nfour')
  expect(textOfHtml('Has:<ul><li>a&nbsp;lid</li><li><p>no handle</p></li></ul>end')).toBe(
    'Has:\n- a lid\n- no handle\n\nend',
  )
  expect(textOfHtml('1 < 2 & 3 > 2')).toBe('1 < 2 & 3 > 2')
  expect(textOfHtml('a\n\n\n\nb')).toBe('a\n\nb')
})

test('what is not for reading goes: scripts, styles, comments, and all behind a tag that never ends', () => {
  expect(textOfHtml('a<script>alert(1)</script><STYLE>b{}</STYLE><!-- c --><svg><text>d</text></svg>e')).toBe('ae')
  expect(textOfHtml('a<script>alert(1)')).toBe('a')
  expect(textOfHtml('a<b onclick="')).toBe('a')
})

test('signs that cannot be shown, turn the text around or are half of one go', () => {
  expect(cleanLine('a\u202eb\u0007c\ud83cd\ne\u2028f')).toBe('abcd e f')
  expect(textOfHtml('<p>&#xD83C;&#0;&#x110000;&#x1F3FA;</p>')).toBe('🏺')
})

test('a text is cut to its length and never through a character', () => {
  expect(cut('ab🏺', 3)).toBe('ab')
  expect(cut('ab🏺', 4)).toBe('ab🏺')
  expect(cut('ab cd', 3)).toBe('ab')
  expect(quote(`ten\n${'x'.repeat(35)}🏺`)).toBe(`“ten ${'x'.repeat(35)}”`)
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'binary' }), fc.nat(40), (ascii, any, most) => {
      const short = cut(ascii + any, most)
      expect(short.isWellFormed() && short.length <= most).toBe(true)
    }),
  )
})

test('reading takes time in proportion to the length, whatever the text', () => {
  const parts = ['<', '<!--', '<script>', '</', '<a ', '&', '&#', '\n- ', '<li>', ' ']
  for (const part of parts) {
    const before = performance.now()
    textOfHtml(`<p>${part.repeat(1_000_000 / part.length)}`)
    expect(performance.now() - before, part).toBeLessThan(2_000 * pace())
  }
})
