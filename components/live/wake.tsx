/** Away for less than this, a tab has missed nothing that its connection would not have brought. */
const ASLEEP_MS = 5_000

/** Calls `wake` when the tab comes back from sleep, from the page cache, or when the network comes or goes. */
export function onWake(wake: () => void): void {
  let hiddenAt = 0
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now()
    else if (Date.now() - hiddenAt > ASLEEP_MS) wake()
  })
  document.addEventListener('resume', wake)
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) wake()
  })
  window.addEventListener('online', wake)
  // The connection may have died with the network, silently; asking finds out long before its heartbeat does.
  window.addEventListener('offline', wake)
}
