const BEGINS_AFTER_MS = 1_000
const EVERY_MS = 120
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/**
 * Does the work and, should it take longer than a second, says on standard error that it goes on, and how far it is.
 * On a terminal one line that moves; elsewhere, and with --json, nothing: there nobody waits.
 */
export async function withProgress<T>(label: string, work: (tell: (how: string) => void) => Promise<T>): Promise<T> {
  const stream = process.stderr
  if (!stream.isTTY) return work(() => undefined)
  const begun = performance.now()
  let [frame, how] = [0, '']
  const draw = () => {
    const seconds = (performance.now() - begun) / 1_000
    if (seconds * 1_000 < BEGINS_AFTER_MS) return
    const line = `${FRAMES[frame++ % FRAMES.length]} ${label}${how ? `: ${how}` : ''} (${seconds.toFixed(0)} s)`
    stream.write(`\r\u001b[2K${line.slice(0, stream.columns - 1)}`)
  }
  const timer = setInterval(draw, EVERY_MS)
  try {
    return await work((next) => (how = next))
  } finally {
    clearInterval(timer)
    if (frame > 0) stream.write('\r\u001b[2K')
  }
}
