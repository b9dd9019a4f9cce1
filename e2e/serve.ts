import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'

// What an earlier run left must not decide what this one sees. Readable to others, so that root's database,
// which runs as another user, can live in it.
const dataDir = process.env.DATA_DIR
if (!dataDir) throw new Error('DATA_DIR is not set; the configuration of Playwright sets it.')
rmSync(dataDir, { recursive: true, force: true })
mkdirSync(dataDir)
chmodSync(dataDir, 0o755)

const server = spawn('npm', ['start'], { stdio: 'inherit' })
// A signal goes to the whole group, as Ctrl-C does: the server ends by itself, and this process after it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
server.on('exit', (code) => {
  rmSync(dataDir, { recursive: true, force: true })
  process.exit(code ?? 1)
})
