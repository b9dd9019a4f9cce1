import { startNode } from '../server.ts'

/** The process of a `WebNode`: tells where it answers, and ends with its parent. */

process.on('disconnect', () => process.exit())
const { url } = await startNode({ dev: false, hasPages: false, duties: [] })
process.send?.(url)
