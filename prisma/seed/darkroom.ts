import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LookName } from './looks.ts'
import type { SeedPicture } from './types.ts'

export interface Job {
  readonly id: number
  readonly picture: SeedPicture
  readonly look: LookName
}

export type Developed =
  { readonly id: number; readonly bytes: Uint8Array } | { readonly id: number; readonly fault: string }

export interface Darkroom {
  take(picture: SeedPicture, look: LookName): Promise<Uint8Array>
  close(): void
}

/**
 * Makes pictures in a process of its own. Backdrops are drawings (SVG), and the first picture that the media pipeline
 * takes in forbids its whole process to read those; and two processes use two cores.
 */
export function openDarkroom(): Darkroom {
  const child = fork(fileURLToPath(new URL('./darkroom-process.ts', import.meta.url)), { serialization: 'advanced' })
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>()
  const fail = (reason: string) => {
    for (const job of waiting.values()) job.reject(new Error(reason))
    waiting.clear()
  }
  child.on('message', (answer: Developed) => {
    const job = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('bytes' in answer) job?.resolve(answer.bytes)
    else job?.reject(new Error(answer.fault))
  })
  child.on('error', (error) => fail(`The pictures cannot be made: ${error.message}`))
  child.on('exit', (code) => fail(`The process that makes the pictures ended (${code}).`))
  let jobs = 0
  return {
    take(picture, look) {
      const job = Promise.withResolvers<Uint8Array>()
      const id = ++jobs
      waiting.set(id, job)
      send(child, { id, picture, look }, fail)
      return job.promise
    },
    close: () => void (child.connected && child.disconnect()),
  }
}

function send(child: ChildProcess, job: Job, fail: (reason: string) => void): void {
  if (!child.connected) return fail('The process that makes the pictures is gone.')
  child.send(job, (error) => error && fail(error.message))
}
