import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX, readCsv } from './csv.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

function cellsOf(text: string) {
  const file = readCsv(bytesOf(text), ['a'])
  if (!file.ok) throw new Error(file.refusal.code)
  return file.value.rows.map((row) => [row.line, row.cell('a'), row.cell('b')])
}

function refusalOf(bytes: Uint8Array) {
  const file = readCsv(bytes, ['a', 'b'])
  return file.ok ? null : file.refusal.code
}

test('a file reads the same with any line end, any of three separators, and with a byte order mark', () => {
  const wanted = [
    [2, '1', '2'],
    [3, '3', ''],
  ]
  const plain = 'a,b\n1,2\n3\n'
  const forms = [plain, `\ufeff${plain}`, plain.replaceAll('\n', '\r\n'), plain.replaceAll('\n', '\r')]
  for (const form of [...forms, ...[';', '\t'].map((sign) => plain.replaceAll(',', sign))]) {
    expect(cellsOf(form), JSON.stringify(form)).toEqual(wanted)
  }
})

test('a row is named by the line it begins on, also below cells of several lines and empty rows', () => {
  expect(cellsOf('a,b\r\n"one\r\ntwo",2\r\n\r\n,\r\n3,4')).toEqual([
    [2, 'one\ntwo', '2'],
    [6, '3', '4'],
  ])
})

test('columns are found whatever their case; of two that are called alike the first counts; an inch is no quote', () => {
  expect(cellsOf('A , b,B\n5" lamp,2,3')).toEqual([[2, '5" lamp', '2']])
})

test('what cannot be read as a whole is refused, each with its reason', () => {
  expect(refusalOf(new Uint8Array(IMPORT_BYTES_MAX + 1))).toBe('import-too-large')
  expect(refusalOf(new Uint8Array([0x61, 0xff, 0x62]))).toBe('import-not-text')
  expect(refusalOf(bytesOf('a,b\n1,\0'))).toBe('import-not-text')
  expect(refusalOf(bytesOf('a,b\n"1,2\n3,4'))).toBe('import-broken')
  expect(refusalOf(bytesOf('a,c\n1,2'))).toBe('import-no-header')
  expect(refusalOf(bytesOf(''))).toBe('import-empty')
  expect(refusalOf(bytesOf('a,b\n,\n'))).toBe('import-empty')
  expect(refusalOf(bytesOf(`a,b${'\n1,2'.repeat(IMPORT_ROWS_MAX)}`))).toBe(null)
  expect(refusalOf(bytesOf(`a,b${'\n1,2'.repeat(IMPORT_ROWS_MAX + 1)}`))).toBe('import-too-many-rows')
})

test('what is written as CSV is read as it was written', () => {
  const cell = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed().replace(/[\0\r]/g, ''))
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
      const told = rows.filter((cells) => cells.some((text) => text.trim() !== ''))
      const text = ['a,b', ...rows.map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))]
      const file = readCsv(bytesOf(text.join('\n')), ['a', 'b'])
      const read = file.ok ? file.value.rows.map((row) => [row.cell('a'), row.cell('b')]) : []
      expect(read).toEqual(told.map((cells) => cells.map((each) => each.trim())))
    }),
  )
})
