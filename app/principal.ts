import { headers } from 'next/headers'
import { cache } from 'react'
import { getPrincipal, type Principal } from '#lib/api/principal'

/** Who asks for the page, read once however many parts of it ask. Makes the page rendered per request. */
export const currentPrincipal = cache(async (): Promise<Principal> =>
  getPrincipal((await headers()).get('cookie'), null),
)
