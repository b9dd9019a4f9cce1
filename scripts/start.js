// Plain JavaScript without imports, so that a Node that is too old can read it and say so.
const [major = 0] = process.versions.node.split('.').map(Number)

if (major < 24) {
  console.error(
    `Souk needs Node 24 and this is ${process.versions.node}: npm install brings the right one and npm start uses it; ` +
      'where it does not, install Node 24 or newer.',
  )
  process.exit(1)
}

const { start } = await import('./start/start.ts')
await start({ dev: process.argv.includes('--dev') })
