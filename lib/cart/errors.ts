import { inventoryErrors } from '#lib/inventory/errors'

/** A cart refuses what its lines' holds refuse, and nothing else. */
export const cartErrors = inventoryErrors
