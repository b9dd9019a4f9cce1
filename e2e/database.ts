import { newPool, type Statement } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'

/** Runs one statement on the database of the server under test, over a connection of its own: for what the API cannot be asked. */
export async function onDatabase(statement: Statement<unknown>): Promise<void> {
  const { url, leave } = await startEmbedded({ dataDir: process.env.DATA_DIR ?? '' })
  process.env.DATABASE_URL = url
  const pool = newPool({ max: 1 })
  await pool.query({ text: statement.text, values: [...statement.values] })
  await pool.end()
  await leave()
}
