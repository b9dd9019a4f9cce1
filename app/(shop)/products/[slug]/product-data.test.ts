import { expect, test } from 'vitest'
import { scriptSafe } from './product-data.ts'

test('no text of a seller can end the script it stands in', () => {
  const evil = '</script><script>alert(1)</script><!-- &'
  const text = scriptSafe({ name: evil })
  expect(text).not.toMatch(/[<>&]/)
  expect(JSON.parse(text)).toEqual({ name: evil })
})
