import { expect, test } from 'vitest'
import { isRealMoney, parseEnv } from './env.ts'

const STRIPE_SECRET_KEY = 'sk_test_1'
const STRIPE_WEBHOOK_SECRET = 'whsec_1'

test('Stripe is set up whole or not at all, and a start says which half is missing', () => {
  expect(parseEnv({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET })).toMatchObject({ STRIPE_SECRET_KEY })
  expect(parseEnv({}).STRIPE_SECRET_KEY).toBeUndefined()
  expect(() => parseEnv({ STRIPE_SECRET_KEY })).toThrow('STRIPE_SECRET_KEY is set and STRIPE_WEBHOOK_SECRET is not')
  expect(() => parseEnv({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET: '' })).toThrow('STRIPE_WEBHOOK_SECRET is not')
  expect(() => parseEnv({ STRIPE_WEBHOOK_SECRET })).toThrow('STRIPE_WEBHOOK_SECRET is set and STRIPE_SECRET_KEY is not')
})

test('what is paid is real money with a live key of Stripe, and with nothing else', () => {
  const isReal = (key: string | undefined) =>
    isRealMoney(parseEnv(key ? { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET } : {}))
  expect(['sk_live_1', 'rk_live_1'].map(isReal)).toEqual([true, true])
  expect(['sk_test_live_1', 'rk_test_1', undefined].map(isReal)).toEqual([false, false, false])
  expect(() => isReal('sk_1')).toThrow('STRIPE_SECRET_KEY is not a secret key')
})

test('a key of another kind is said to be one, without being said itself', () => {
  const faulty = () => parseEnv({ STRIPE_SECRET_KEY: 'pk_live_public', STRIPE_WEBHOOK_SECRET: 'sk_live_secret' })
  expect(faulty).toThrow(/STRIPE_SECRET_KEY is not a secret key.*STRIPE_WEBHOOK_SECRET is not the signing secret/)
  expect(faulty).not.toThrow(/pk_live|sk_live/)
})
