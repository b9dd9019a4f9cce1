import type { Developed, Job } from './darkroom.ts'
import { takePicture } from './pictures.ts'

/** The other side of `openDarkroom`; ends when that closes, or dies. */
process.on('message', (job: Job) => void develop(job))

async function develop({ id, picture, look }: Job): Promise<void> {
  answer(
    await takePicture(picture, look).then(
      (bytes) => ({ id, bytes }),
      (error: unknown) => ({ id, fault: String(error) }),
    ),
  )
}

function answer(developed: Developed): void {
  if (process.connected) process.send?.(developed)
}
