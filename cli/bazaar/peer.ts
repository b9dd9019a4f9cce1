import { servePeer } from '../runner/serve-peer.ts'
import { probe } from './probe.ts'

// A node of a bazaar: its trader leaves traces.
await servePeer([probe])
