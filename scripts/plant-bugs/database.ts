import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmbedded } from '#lib/embedded/membership'

/** One PostgreSQL for all runs, in the copy's folder: each run would take longer to start its own than to test. */
export async function startDatabase(root: string): Promise<{ url: string; leave(): Promise<void> }> {
  const dataDir = join(root, 'database')
  await mkdir(dataDir)
  // Root's server runs as another user, who must get there.
  for (const folder of [root, dataDir]) await chmod(folder, 0o755)
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
  return startEmbedded({ dataDir, settings })
}
