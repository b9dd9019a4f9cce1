// Plain JavaScript, so that a Node that is too old for the rest can still say so.
const major = Number(process.versions.node.split('.')[0])

if (major < 24) {
  console.error(
    `The tests need Node 24 and this is ${process.version}: run "npm install", which brings it, or install it yourself.`,
  )
  process.exit(1)
}
await import('./test.ts')
