import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportView } from '#lib/catalog/schema'
import { openMarketAsSeller } from './market/own.ts'
import { must, type Market } from './market.ts'
import { command } from './terminal/command.ts'
import { EXIT, notBegun } from './terminal/failure.ts'
import { withProgress } from './terminal/progress.ts'
import { tableOf } from './terminal/table.ts'
import { clean } from './terminal/text.ts'

const EVERY_MS = 500

export const importFile = command({
  name: 'import',
  summary: 'import a Shopify product file into your shop',
  about: [
    'Makes drafts of the products in the file and waits until their pictures are fetched. A file that is imported again updates',
    'texts and prices, never the stock. A row that is wrong is refused by its line, the others go on.',
    'Ctrl-C stops waiting, not the import. Exit code 1: rows were refused.',
  ],
  examples: [
    ['import products.csv --dry-run', 'the same report, and nothing is written'],
    ['import products.csv', 'for good'],
  ],
  operands: '<file.csv>',
  words: 1,
  args: { 'dry-run': { type: 'boolean', description: 'the same report, and nothing is written' } },
  run: async (typed, { screen, leaving }) => {
    const [path] = typed._
    if (!path) throw notBegun('miscalled', 'Say which file: souk import products.csv')
    const bytes = await readFile(path).catch((error: Error) => {
      throw notBegun('unreadable-file', `${path} cannot be read: ${error.message}.`)
    })
    const market = await openMarketAsSeller(typed)
    const file = new File([bytes], basename(path), { type: 'text/csv' })
    const query = { dryRun: typed['dry-run'] ? ('true' as const) : ('false' as const) }
    const report = await withProgress(`Importing ${basename(path)}`, async (tell) => {
      const begun = await must(market, market.api.imports.$post({ query, form: { file } }))
      leaving.add({
        putRight: (why) =>
          Promise.resolve(why ? screen.note('The import goes on by itself: its report is on the site.') : undefined),
        describe: () => '',
      })
      return waitForPictures(market, begun, tell)
    })
    screen.show(report, reportWords(report))
    return report.notes.some(({ kind }) => kind === 'refused') ? EXIT.refused : EXIT.done
  },
})

async function waitForPictures(market: Market, begun: ImportView, tell: (how: string) => void): Promise<ImportView> {
  let report = begun
  while (report.id && report.status === 'running') {
    tell(`${report.pictures - report.picturesLeft} of ${report.pictures} pictures`)
    await sleep(EVERY_MS)
    report = await must(market, market.api.imports[':id'].$get({ param: { id: report.id } }))
  }
  return report
}

function reportWords({ id, products, variants, pictures, notes }: ImportView): string {
  const done = id ? 'Imported' : 'Would be imported'
  const sum = `${done}: ${products} products with ${variants} versions and ${pictures} pictures, as drafts.`
  const told = notes.filter(({ kind }) => kind !== 'taken')
  if (told.length === 0) return sum
  const rows = tableOf<ImportView['notes'][number]>(
    [
      { name: 'line', of: ({ line }) => String(line), side: 'right' },
      { name: '', of: ({ kind }) => kind },
      { name: 'column', of: ({ field }) => clean(field) },
      { name: 'what', of: ({ message }) => clean(message), isElastic: true },
    ],
    told,
  )
  return `${rows}\n${sum}`
}
