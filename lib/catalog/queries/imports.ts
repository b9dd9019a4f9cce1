import { prisma } from '#lib/db'
import type { ImportSummaryView, ImportView } from '../schema.ts'
import { PICTURE_FIELD } from '../types.ts'

const RUN = {
  id: true,
  fileName: true,
  status: true,
  products: true,
  variants: true,
  pictures: true,
  createdAt: true,
} as const

/** One of a seller's imports, with its report by line; null when there is none or it is another's. */
export async function getImport(sellerId: string, id: string): Promise<ImportView | null> {
  const run = await prisma().importRun.findFirst({
    where: { id, sellerId },
    select: {
      ...RUN,
      notes: {
        orderBy: [{ line: 'asc' }, { id: 'asc' }],
        select: { line: true, kind: true, field: true, message: true },
      },
    },
  })
  if (!run) return null
  const handles = run.notes.flatMap((note) => (note.kind === 'taken' ? note.field : []))
  const createdProducts = await prisma().product.findMany({
    where: { sellerId, importHandle: { in: handles }, createdAt: { gte: run.createdAt } },
    orderBy: { id: 'asc' },
    select: { id: true, slug: true, title: true, status: true },
  })
  const { pictures: picturesLeft, createdAt, ...rest } = run
  const settled = run.notes.filter((note) => note.field === PICTURE_FIELD).length
  const pictures = settled + picturesLeft
  return { ...rest, pictures, picturesLeft, createdAt: createdAt.toISOString(), createdProducts }
}

/** A seller's last 20 imports, the newest first. */
export async function listImports(sellerId: string): Promise<ImportSummaryView[]> {
  const runs = await prisma().importRun.findMany({
    where: { sellerId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 20,
    select: RUN,
  })
  const counts = await prisma().importNote.groupBy({
    by: ['importId', 'kind'],
    where: { importId: { in: runs.map((run) => run.id) }, kind: { in: ['refused', 'warning'] } },
    _count: true,
  })
  const countOf = (importId: string, kind: string) =>
    counts.find((count) => count.importId === importId && count.kind === kind)?._count ?? 0
  return runs.map(({ pictures, createdAt, ...run }) => ({
    ...run,
    picturesLeft: pictures,
    createdAt: createdAt.toISOString(),
    refused: countOf(run.id, 'refused'),
    warnings: countOf(run.id, 'warning'),
  }))
}
