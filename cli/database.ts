import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { endPools } from '#lib/db'
import { Fault } from '#lib/embedded/fault'
import { startEmbedded } from '#lib/embedded/membership'

/**
 * Does the work on the market's database: that of DATABASE_URL, else the embedded one of DATA_DIR, which it joins as one
 * more member, so that it also works while nodes run, and while none does.
 * Refuses: a data folder without a market, as a Fault; a command that looks at a market must not make one.
 */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const embedded = process.env.DATABASE_URL ? null : await joinEmbedded()
  try {
    return await work()
  } finally {
    await endPools()
    await embedded?.leave()
  }
}

async function joinEmbedded() {
  const dataDir = resolve(process.env.DATA_DIR ?? '.data')
  if (!existsSync(join(dataDir, 'postgres.password'))) {
    throw new Fault(
      `There is no market in ${dataDir}: start one with npm start, or set DATA_DIR or DATABASE_URL to yours.`,
    )
  }
  const embedded = await startEmbedded({ dataDir })
  process.env.DATABASE_URL = embedded.url
  return embedded
}
