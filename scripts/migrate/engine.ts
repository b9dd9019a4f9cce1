import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

export interface Engine extends bindings.SchemaEngine {
  /** What PostgreSQL said of the script that failed last; the engine's own error does not carry it. */
  scriptError?: Error
}
export type MigrationList = bindings.MigrationList
export type SchemaFiles = bindings.SchemasContainer

/**
 * Prisma's schema engine as WebAssembly, on the given pool; its native binary cannot be had from npm.
 * Concurrency: everything but shadow databases goes through the pool, so with `max: 1` it shares a transaction.
 */
export async function openEngine(pool: pg.Pool, schema: SchemaFiles): Promise<Engine> {
  await loadWasm()
  const datamodels = schema.files.map(({ path, content }): [string, string] => [path, content])
  const adapter = new ScriptAdapter(pool, (error) => (engine.scriptError = error))
  const bound = bindMigrationAwareSqlAdapterFactory(adapter)
  const engine: Engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, bound)
  return engine
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

/** Prisma's adapter, made to carry what the engine sends. */
class ScriptAdapter extends PrismaPg {
  readonly #pool: pg.Pool
  readonly #onError: (error: Error) => void

  constructor(pool: pg.Pool, onError: (error: Error) => void) {
    super(pool)
    this.#pool = pool
    this.#onError = onError
  }

  override async connect(): Promise<Adapter> {
    return mend(await super.connect(), this.#pool, this.#onError)
  }

  /** An empty database beside the real one, gone when the engine is done with it. */
  override async connectToShadowDb(): Promise<Adapter> {
    const database = `souk_shadow_${crypto.randomUUID().replaceAll('-', '')}`
    await this.#pool.query(`create database ${database} template template0`)
    const shadow = new pg.Pool({ ...this.#pool.options, database, ...withDatabase(this.#pool.options, database) })
    const adapter = mend(await new PrismaPg(shadow).connect(), shadow, this.#onError)
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

const ONE_BYTE = new Set(['constraint_type', 'confdeltype', 'confupdtype'])

function mend(adapter: Adapter, pool: pg.Pool, onError: (error: Error) => void): Adapter {
  const queryRaw = adapter.queryRaw.bind(adapter)
  // Split at every semicolon, as it would be, a script with a function in it breaks; whole, it goes as psql sends it.
  adapter.executeScript = async (script) => {
    await pool.query(script).catch((error: Error) => {
      onError(error)
      throw error
    })
  }
  // The catalog's one-byte "char" is a type the adapter does not know, and the engine asks for these three.
  adapter.queryRaw = async (query) => {
    const sql = query.sql.replaceAll(/constr\.contype|con\.confdeltype|con\.confupdtype/g, '$&::text')
    const result = await queryRaw({ ...query, sql })
    const columnTypes = result.columnTypes.map((type, index) =>
      ONE_BYTE.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
    )
    return { ...result, columnTypes }
  }
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
