import { freeLostJobs } from '#lib/jobs/commands'
import { MINUTE_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** Queued work that nodes died with. */
export const freeJobs: Duty = { name: 'free-jobs', periodMs: MINUTE_MS, batch: Infinity, run: freeLostJobs }
