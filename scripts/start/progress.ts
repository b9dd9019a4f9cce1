const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

export type Report = (detail: string) => void

/**
 * Does a step of the start and shows that it is being done: a moving line on a terminal, plain lines elsewhere.
 * What is over in a moment leaves no more than its last line.
 */
export async function step<T>(title: string, work: (report: Report) => Promise<T>): Promise<T> {
  const begun = performance.now()
  let detail = ''
  const line = () => `${title}${detail && `: ${detail}`} (${seconds(performance.now() - begun)})`
  const stopShowing = process.stdout.isTTY ? showMoving(line) : showPlain(line)
  try {
    const value = await work((text) => (detail = text))
    stopShowing(`✓ ${line()}`)
    return value
  } catch (error) {
    stopShowing(`✗ ${line()}`)
    throw error
  }
}

/** 0.2 s, 12 s, 2 min 5 s. */
export function seconds(ms: number): string {
  const whole = Math.round(ms / 1000)
  if (whole < 10) return `${(ms / 1000).toFixed(1)} s`
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

function showMoving(line: () => string): (last: string) => void {
  let frame = 0
  const draw = (text: string) => process.stdout.write(`\r\u001b[2K${text.slice(0, process.stdout.columns - 1)}`)
  const timer = setInterval(() => draw(`${FRAMES[frame++ % FRAMES.length]} ${line()}`), 100)
  return (last) => {
    clearInterval(timer)
    draw(last)
    process.stdout.write('\n')
  }
}

function showPlain(line: () => string): (last: string) => void {
  const say = (text: string) => console.log(text)
  const first = setTimeout(() => say(`… ${line()}`), 500)
  const again = setInterval(() => say(`… ${line()}`), 10_000)
  return (last) => {
    clearTimeout(first)
    clearInterval(again)
    say(last)
  }
}
