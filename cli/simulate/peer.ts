import { servePeer } from '../runner/serve-peer.ts'

// The node of a simulation.
await servePeer([])
