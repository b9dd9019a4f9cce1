import PDFDocument from 'pdfkit'
import { fontOf, type FontName, type Weight } from './invoice-font.ts'
import { listRuns, RIGHT_TO_LEFT, widthOf, widthOfRun, wrap } from './invoice-text.ts'

/** A4, in points. */
export const PAGE = { width: 595.28, height: 841.89, margin: 50, footer: 70 } as const
export const LEFT = PAGE.margin
export const RIGHT = PAGE.width - PAGE.margin

const COLORS = { ink: '#2b211c', muted: '#6d6159', line: '#d8d0c6', accent: '#a3401c' } as const

interface Look {
  readonly size?: number
  readonly weight?: Weight
  readonly color?: keyof typeof COLORS
  /** The edge that the text ends at, instead of the one it begins at. */
  readonly end?: boolean
}

/** Paper to print on: pages, a place on them that moves down, and text in any script. */
export interface Sheet {
  /** The baseline of what is printed next. */
  y: number
  /** Prints a line of text at the place's height. */
  text(text: string, x: number, look?: Look): void
  /** Prints text in as many lines as it needs, and moves down by them. */
  paragraph(text: string, x: number, width: number, look?: Look & { leading?: number }): void
  rule(color?: keyof typeof COLORS): void
  /** Whether so much fits above the footer. */
  hasRoom(height: number): boolean
  newPage(): void
  /** Prints on every page, and returns the file. */
  finish(eachPage: (page: number, pages: number) => void): Promise<Buffer>
}

/** A document whose bytes depend on nothing but what is printed and on its date. */
export function openSheet(info: { title: string; author: string; at: Date }): Sheet {
  const doc = openDocument(info)
  const bytes = collect(doc)
  const print = printerOf(doc)
  const sheet: Sheet = {
    y: PAGE.margin,
    text: (text, x, look = {}) => print(text, x, sheet.y, look),
    paragraph(text, x, width, look = {}) {
      const { size = 9, weight = 'regular', leading = size * 1.35 } = look
      for (const line of wrap(text, weight, size, width)) {
        sheet.text(line, look.end ? x + width : x, look)
        sheet.y += leading
      }
    },
    rule(color = 'line') {
      doc.moveTo(LEFT, sheet.y).lineTo(RIGHT, sheet.y).lineWidth(0.7).strokeColor(COLORS[color]).stroke()
    },
    hasRoom: (height) => sheet.y + height <= PAGE.height - PAGE.footer,
    newPage() {
      doc.addPage()
      sheet.y = PAGE.margin
    },
    finish(eachPage) {
      const { count } = doc.bufferedPageRange()
      for (let page = 0; page < count; page++) {
        doc.switchToPage(page)
        eachPage(page + 1, count)
      }
      doc.end()
      return bytes
    },
  }
  return sheet
}

type Document = InstanceType<typeof PDFDocument>

function openDocument({ title, author, at }: { title: string; author: string; at: Date }): Document {
  // Its types know of names and bytes of fonts; it takes opened ones too.
  const open = (name: FontName) => fontOf(name) as unknown as string
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    pdfVersion: '1.7',
    // The library's own first font would be one that has Latin letters only.
    font: open('regular'),
    info: { Title: title, Author: author, Creator: 'Souk', CreationDate: at },
  })
  for (const name of ['regular', 'bold', 'rest'] as const) doc.registerFont(name, open(name))
  return doc
}

function collect(doc: Document): Promise<Buffer> {
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((resolve) => doc.on('end', () => resolve(Buffer.concat(chunks))))
}

/** Prints a line of text in whatever fonts it needs. */
function printerOf(doc: Document): (text: string, x: number, y: number, look: Look) => void {
  let font: FontName | undefined
  return (text, x, y, look) => {
    const { size = 9, weight = 'regular', color = 'ink', end = false } = look
    let at = end ? x - widthOf(text, weight, size) : x
    doc.fillColor(COLORS[color]).fontSize(size)
    for (const run of listRuns(text, weight)) {
      // Choosing a font costs more than printing in it.
      if (run.font !== font) doc.font((font = run.font))
      const textWidth = widthOfRun(run, size)
      // With features, even none, a run is set as a whole and not word by word, which would turn the order of Arabic words.
      const whole = RIGHT_TO_LEFT.test(run.text) ? { features: [] } : {}
      // Told the width, which its types do not know of, the library does not measure again.
      const options = { ...whole, textWidth, lineBreak: false, baseline: 'alphabetic' } as const
      doc.text(run.text, at, y, options)
      at += textWidth
    }
  }
}
