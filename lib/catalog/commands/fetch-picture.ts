import { db, transact } from '#lib/db'
import { savePicture } from '#lib/media/commands'
import { download, downloadFaults, type Reach } from '#lib/media/download'
import { mediaErrors } from '#lib/media/errors'
import { publishTo } from '#lib/live/publish'
import { PICTURES_MAX } from '../rules/product.ts'
import { cut } from '../rules/plain-text.ts'
import type { PlanNote } from '../rules/shopify.ts'
import { appendPicture, hasNote, insertNoteOnce, settleImport } from '../sql/import.ts'
import { lockOwnProduct, raiseRevision } from '../sql/product.ts'
import { PICTURE_FIELD, type FetchPicture } from '../types.ts'
import { announce } from './draft.ts'

const TRIES = 2

type Fetched = { readonly pictureId: string } | { readonly fault: string }

/**
 * Fetches one picture of an import and hangs it on its product. One that cannot be had is a warning in the report.
 * Guarantees: counted once, however often the job runs; the last one ends the run.
 */
export async function fetchPicture(job: FetchPicture, reach?: Reach): Promise<void> {
  const [settled] = await db.run(hasNote(job.noteId))
  if (!settled) await settle(job, await fetchOne(job, reach))
}

async function fetchOne({ url, actorId }: FetchPicture, reach?: Reach): Promise<Fetched> {
  let answer = await download(url, reach)
  for (let attempt = 1; attempt < TRIES && !answer.ok && answer.refusal.code === 'no-answer'; attempt++) {
    answer = await download(url, reach)
  }
  if (!answer.ok) return { fault: downloadFaults[answer.refusal.code] }
  const saved = await savePicture({ ownerId: actorId, bytes: answer.value })
  return saved.ok ? { pictureId: saved.value.id } : { fault: mediaErrors[saved.refusal.code].message }
}

function settle(job: FetchPicture, fetched: Fetched): Promise<void> {
  const { importId, productId, sellerId } = job
  return transact(async (tx) => {
    const [product] = await tx.run(lockOwnProduct(productId, sellerId))
    const [first] = await tx.run(insertNoteOnce(importId, { id: job.noteId, ...noteOf(job, fetched) }))
    if (!first) return
    if (product && 'pictureId' in fetched) {
      const picture = { id: fetched.pictureId, position: job.position, alt: job.alt, most: PICTURES_MAX }
      const [hung] = await tx.run(appendPicture(productId, picture))
      const [row] = hung ? await tx.run(raiseRevision(productId)) : []
      if (row) announce(tx, productId, row.revision)
    }
    const [run] = await tx.run(settleImport(importId, 1))
    if (!run) return
    tx.afterCommit(() => publishTo(`seller:${sellerId}`, { type: 'import', importId, ...run }))
  })
}

function noteOf({ line, url }: FetchPicture, fetched: Fetched): PlanNote {
  const address = cut(url, 300)
  return 'pictureId' in fetched
    ? { line, kind: 'taken', field: PICTURE_FIELD, message: `Fetched the picture ${address}` }
    : { line, kind: 'warning', field: PICTURE_FIELD, message: `${fetched.fault} ${address}` }
}
