/** Nothing is asked for while one goes on typing. */
const REST_MS = 150
/** What one letter begins is half the market. */
const LEAST = 2

export type AskForTitles = (text: string) => Promise<readonly string[]>

export interface Suggester {
  /** What stands in the field now. */
  readonly want: (text: string) => void
  /** Nothing is wanted any more; what is still on its way is not shown. */
  readonly stop: () => void
}

/**
 * Asks for the titles that go on as somebody types, once they rest, and shows them.
 * Guarantees: one request at most is under way; what is shown belongs to the text that stands there; failures are silent.
 */
export function newSuggester(ask: AskForTitles, show: (titles: readonly string[]) => void): Suggester {
  let wanted = ''
  let shown = ''
  let isAsking = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run(): Promise<void> {
    if (isAsking || wanted === shown || wanted.length < LEAST) return
    isAsking = true
    const text = wanted
    const titles = await ask(text).catch(() => [])
    isAsking = false
    if (text !== wanted) return run()
    shown = text
    show(titles)
  }

  const want = (text: string) => {
    clearTimeout(timer)
    wanted = text.trim()
    if (wanted.length >= LEAST) timer = setTimeout(() => void run(), REST_MS)
    else {
      shown = ''
      show([])
    }
  }
  return { want, stop: () => want('') }
}
