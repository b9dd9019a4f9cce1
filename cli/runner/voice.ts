/** What is said while a market of people goes on: lines that stay, and on a terminal one below them that moves. */
export interface Voice {
  say(text: string): void
  /** Shown in place of the one before; elsewhere than on a terminal a line now and then. */
  show(text: string): void
  end(): void
}

/** "1 node", "3 nodes". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

const PLAIN_EVERY_MS = 10_000

/** On the stream that is not the figures': with --json that is standard error. */
export function openVoice(stream: NodeJS.WriteStream): Voice {
  const begun = performance.now()
  let shownAt = begun
  const clear = () => (stream.isTTY ? stream.write('\r\u001b[2K') : undefined)
  const stamp = () => `${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} s  `
  return {
    say: (text) => {
      clear()
      stream.write(`${stamp()}${text}\n`)
    },
    show: (text) => {
      if (stream.isTTY) stream.write(`\r\u001b[2K${`${stamp()}${text}`.slice(0, stream.columns - 1)}`)
      else if (performance.now() - shownAt > PLAIN_EVERY_MS) {
        shownAt = performance.now()
        stream.write(`${stamp()}${text}\n`)
      }
    },
    end: clear,
  }
}
