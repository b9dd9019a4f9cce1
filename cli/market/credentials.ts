import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { notBegun } from '../terminal/failure.ts'

/** Who is signed in to each market, by its address. */
const credentials = z.record(z.string(), z.object({ handle: z.string(), token: z.string(), id: z.string() }))
export type Credential = z.infer<typeof credentials>[string]

/** Where this command line keeps what it is to remember: XDG_CONFIG_HOME/souk, else ~/.config/souk. */
export function configFolder(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'souk')
}

export async function readToken(origin: string): Promise<string | null> {
  return (await readCredential(origin))?.token ?? null
}

export async function readCredential(origin: string): Promise<Credential | null> {
  return (await readKept('credentials.json', credentials))?.[origin] ?? null
}

/** Keeps who is signed in to a market, or with null that nobody is. */
export async function keepCredential(origin: string, credential: Credential | null): Promise<void> {
  const all = Object.entries((await readKept('credentials.json', credentials)) ?? {})
  const others = Object.fromEntries(all.filter(([each]) => each !== origin))
  await keep('credentials.json', credential ? { ...others, [origin]: credential } : others)
}

/** What was kept under this name; null where nothing was. Refuses: a file that somebody wrote something else into. */
export async function readKept<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
  const file = join(configFolder(), name)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw notBegun('unreadable-file', `${file} cannot be read: ${error.message}.`)
  })
  if (text === null) return null
  const parsed = schema.safeParse(parse(text))
  if (parsed.success) return parsed.data
  throw notBegun('unreadable-file', `${file} is not what souk wrote there. Mend it, or delete it.`)
}

/**
 * Keeps a value for the next run, for nobody else's eyes. The file is replaced as a whole: whoever reads it meanwhile, and a
 * crash, find the old one or the new one.
 */
export async function keep(name: string, value: unknown): Promise<void> {
  const folder = configFolder()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `.${name}.${randomUUID()}`)
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, join(folder, name))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
