import { pino } from 'pino'
import { env } from './env.ts'
import { once } from './once.ts'

/** The process's log: one JSON line an event. Secrets are cut out by name, so a careless object cannot leak them. */
export function log() {
  return once('log', () =>
    pino({
      level: env().LOG_LEVEL,
      base: { pid: process.pid },
      redact: {
        paths: [
          'password',
          '*.password',
          'secret',
          '*.secret',
          'token',
          '*.token',
          'authorization',
          'cookie',
          'card',
          '*.card',
        ],
        censor: '[cut]',
      },
    }),
  )
}
