/**
 * Whether Next is building the site. There is no database then, and what it draws is thrown away: a node draws each page when
 * it is first asked for.
 */
export const IS_BUILDING = process.env.NEXT_PHASE === 'phase-production-build'
