#!/usr/bin/env node
// Plain JavaScript without imports, so that a Node that is too old can read it and say so.
const [major = 0] = process.versions.node.split('.').map(Number)

if (major < 24) {
  console.error(
    `souk needs Node 24 and this is ${process.versions.node}: npm install brings the right one, which "npm run souk --" and ` +
      '"npx souk" take; where they do not, install Node 24 or newer.',
  )
  process.exit(2)
}
await import('./souk.ts')
