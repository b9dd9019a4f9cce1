import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

export type Engine = bindings.SchemaEngine
export type MigrationList = bindings.MigrationList
export type SchemaFiles = bindings.SchemasContainer

/**
 * Prisma's schema engine as WebAssembly, on the given pool; its native binary cannot be had from npm.
 * Concurrency: everything but shadow databases goes through the pool, so with `max: 1` it shares a transaction.
 */
export async function openEngine(pool: pg.Pool, schema: SchemaFiles): Promise<Engine> {
  await loadWasm()
  const adapter = bindMigrationAwareSqlAdapterFactory(new ScriptAdapter(pool))
  const datamodels = schema.files.map(({ path, content }): [string, string] => [path, content])
  return bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter)
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

/** Prisma's adapter splits a script at every semicolon, which breaks functions; ours sends it whole, as psql does. */
class ScriptAdapter extends PrismaPg {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    super(pool)
    this.#pool = pool
  }

  override async connect(): Promise<Adapter> {
    return sendWhole(await super.connect(), this.#pool)
  }

  /** An empty database beside the real one, gone when the engine is done with it. */
  override async connectToShadowDb(): Promise<Adapter> {
    const database = `souk_shadow_${crypto.randomUUID().replaceAll('-', '')}`
    await this.#pool.query(`create database ${database} template template0`)
    const shadow = new pg.Pool({ ...this.#pool.options, database, ...withDatabase(this.#pool.options, database) })
    const adapter = sendWhole(await new PrismaPg(shadow).connect(), shadow)
    adapter.dispose = async () => {
      await shadow.end()
      await this.#pool.query(`drop database if exists ${database}`)
    }
    return adapter
  }
}

/** A connection string wins over `database`, so the name is put into it. */
function withDatabase(options: pg.PoolConfig, database: string): pg.PoolConfig {
  if (!options.connectionString) return {}
  const url = new URL(options.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}

function sendWhole(adapter: Adapter, pool: pg.Pool): Adapter {
  adapter.executeScript = async (script) => void (await pool.query(script))
  return adapter
}

let loaded: Promise<void> | undefined

function loadWasm(): Promise<void> {
  return (loaded ??= instantiate())
}

async function instantiate(): Promise<void> {
  const bindingsPath = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(bindingsPath.replace(/\.js$/, '.wasm'))
  const imports = { './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports }
  const { instance } = await WebAssembly.instantiate(bytes, imports)
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start as () => void
  start()
}
