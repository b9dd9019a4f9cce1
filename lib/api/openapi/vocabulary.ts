import { goods } from './words-of-goods.ts'
import { market } from './words-of-market.ts'
import { people } from './words-of-people.ts'
import { sales } from './words-of-sales.ts'
import type { Words } from './words.ts'

/** What the fields of the API mean. */
export const vocabulary: Words = { ...people, ...goods, ...sales, ...market }
