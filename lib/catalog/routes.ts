import { newRouter } from '#lib/api/route'
import { browseRoutes } from './routes/browse.ts'
import { importRoutes } from './routes/imports.ts'
import { sellingRoutes } from './routes/selling.ts'

export const catalogRoutes = newRouter().route('/', browseRoutes).route('/', sellingRoutes).route('/', importRoutes)
