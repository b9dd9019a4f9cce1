import type { Task } from '#lib/jobs/types'
import { freshenPages } from './commands/freshen-pages.ts'
import { fetchPicture } from './commands/fetch-picture.ts'
import { FETCH_PICTURE, type FetchPicture } from './types.ts'

/** Fetches one picture that an imported file names. */
export const fetchPictureTask: Task<FetchPicture> = { ...FETCH_PICTURE, run: (job) => fetchPicture(job) }

/** Twice a second, on every node that keeps pages: what was edited on the others. Drawing a page anew takes its time too. */
export const freshenPagesTick = { name: 'freshen-pages', everyMs: 500, run: freshenPages }
