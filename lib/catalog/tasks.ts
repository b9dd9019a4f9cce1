import type { Task } from '#lib/jobs/types'
import { fetchPicture } from './commands/fetch-picture.ts'
import { FETCH_PICTURE, type FetchPicture } from './types.ts'

/** Fetches one picture that an imported file names. */
export const fetchPictureTask: Task<FetchPicture> = { ...FETCH_PICTURE, run: (job) => fetchPicture(job) }
