import type { LiveEvent, StockState } from './events.ts'
export function publishStock(_states: readonly StockState[]): void {}
export function publishTo(_room: string, _event: LiveEvent): void {}
