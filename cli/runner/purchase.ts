/** Where everything is sent that nobody waits for. */
export const ADDRESS = { name: 'Ada', line1: 'Lane 1', postalCode: '10115', city: 'Berlin', country: 'DE' }

/** The sandbox's card that pays. */
export const CARD = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
