import { sql } from '#lib/db'
import type { DutyRecord } from '../types.ts'

/** Writes what became of duties since it was written last; what is counted is added. Index: trader_duty_pkey. */
export const writeDuties = (
  node: string,
  epoch: number,
  duties: readonly { readonly record: DutyRecord; readonly told: DutyRecord }[],
) => sql`
  insert into trader_duty (name, epoch, node, ran_at, succeeded_at, lag_ms, took_ms, runs, done, failures, failing,
                           last_error, failed_at)
  select name, ${epoch}, ${node}, ran_at, succeeded_at, lag_ms, took_ms, runs, done, failures, failing, last_error, failed_at
  from unnest(
    ${duties.map(({ record }) => record.name)}::text[],
    ${duties.map(({ record }) => record.ranAt)}::timestamptz[],
    ${duties.map(({ record }) => record.succeededAt)}::timestamptz[],
    ${duties.map(({ record }) => record.lagMs)}::int[],
    ${duties.map(({ record }) => record.tookMs)}::int[],
    ${duties.map(({ record, told }) => record.runs - told.runs)}::bigint[],
    ${duties.map(({ record, told }) => record.done - told.done)}::bigint[],
    ${duties.map(({ record, told }) => record.failures - told.failures)}::bigint[],
    ${duties.map(({ record }) => record.failing)}::int[],
    ${duties.map(({ record }) => record.lastError)}::text[],
    ${duties.map(({ record }) => record.failedAt)}::timestamptz[]
  ) as duty (name, ran_at, succeeded_at, lag_ms, took_ms, runs, done, failures, failing, last_error, failed_at)
  on conflict (name) do update
  set epoch = excluded.epoch, node = excluded.node, ran_at = excluded.ran_at,
      succeeded_at = coalesce(excluded.succeeded_at, trader_duty.succeeded_at), lag_ms = excluded.lag_ms,
      took_ms = excluded.took_ms, runs = trader_duty.runs + excluded.runs, done = trader_duty.done + excluded.done,
      failures = trader_duty.failures + excluded.failures, failing = excluded.failing,
      last_error = coalesce(excluded.last_error, trader_duty.last_error),
      failed_at = coalesce(excluded.failed_at, trader_duty.failed_at)`

export interface DutyRow extends Omit<DutyRecord, 'runs' | 'done' | 'failures'> {
  readonly epoch: number
  readonly node: string
  readonly runs: bigint
  readonly done: bigint
  readonly failures: bigint
}

/** All duties, by name. Index: trader_duty_pkey. */
export const listDuties = () => sql<DutyRow>`
  select name, epoch, node, ran_at as "ranAt", succeeded_at as "succeededAt", lag_ms as "lagMs", took_ms as "tookMs", runs,
         done, failures, failing, last_error as "lastError", failed_at as "failedAt"
  from trader_duty
  order by name`
