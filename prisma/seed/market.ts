import { kilnAndKettle } from './kiln-and-kettle.ts'
import { paperKite } from './paper-kite.ts'
import { saffronAndSilver } from './saffron-and-silver.ts'
import { secondLight } from './second-light.ts'
import { tinRoofGarden } from './tin-roof-garden.ts'
import type { SeedShop } from './types.ts'
import { woolAndWeather } from './wool-and-weather.ts'

/** The shops of the demo market. */
export const shops: readonly SeedShop[] = [
  kilnAndKettle,
  secondLight,
  tinRoofGarden,
  woolAndWeather,
  saffronAndSilver,
  paperKite,
]

/** Buyers to sign in as. */
export const buyers = [
  { name: 'Lena Vogt', handle: 'lena', email: 'lena@example.com' },
  { name: 'Omar Reyes', handle: 'omar', email: 'omar@example.com' },
] as const

/** One password for all demo accounts: they are on the page of the start, so there is nothing to keep secret. */
export const DEMO_PASSWORD = 'souk-demo-2026'
