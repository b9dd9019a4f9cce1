import fc from 'fast-check'

// `npm test` names its seed; FC_SEED=… replays it. Without one, fast-check prints the seed of what fails.
const seed = process.env.FC_SEED
if (seed) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) })
