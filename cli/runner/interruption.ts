/** Aborted by the first Ctrl-C; a second one ends the process at once, and with it what it started. */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  let since: number | null = null
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // npm passes on to its child the SIGINT which the terminal sends to both: the same key press, not a second one.
      if (since !== null && performance.now() - since > 250) process.exit(130)
      since ??= performance.now()
      controller.abort()
    })
  }
  return controller.signal
}
