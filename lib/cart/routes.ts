import { newRouter } from '#lib/api/route'
import { cartLineRoutes } from './routes/cart.ts'
import { waitlistRoutes } from './routes/waitlist.ts'

export const cartRoutes = newRouter().route('/', cartLineRoutes).route('/', waitlistRoutes)
