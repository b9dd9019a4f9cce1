/**
 * Does the work for one after the other. One that fails keeps no other back: the first fault is thrown when all are through.
 * Returns what came of each.
 */
export async function eachAlone<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const outcomes: R[] = []
  const faults: unknown[] = []
  for (const item of items) {
    try {
      outcomes.push(await work(item))
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (faults.length > 0) throw faults[0]
  return outcomes
}
