import type { ImportView } from '../schema.ts'
import type { ImportReport } from '../types.ts'

/** The report of a dry run, in the form of a real one. */
export function dryRunView(report: ImportReport, now: Date): ImportView {
  return {
    id: null,
    fileName: report.fileName,
    status: 'done',
    products: report.products,
    variants: report.variants,
    pictures: report.pictures,
    picturesLeft: 0,
    createdAt: now.toISOString(),
    notes: [...report.notes],
    createdProducts: [],
  }
}
