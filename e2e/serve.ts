import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

// What an earlier run left must not decide what this one sees.
rmSync(process.env.DATA_DIR ?? '.data-e2e', { recursive: true, force: true })

const server = spawn('npm', ['start'], { stdio: 'inherit' })
// A signal goes to the whole group, as Ctrl-C does: the server ends by itself, and this process after it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
server.on('exit', (code) => process.exit(code ?? 1))
