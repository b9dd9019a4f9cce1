import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { OfferNotice } from '#components/cart/offer-notice'
import { TabTitle } from '#components/cart/tab-title'
import { Footer } from '#components/layout/footer'
import { Header } from '#components/layout/header'
import { Ready } from '#components/layout/ready'
import { SkipLink } from '#components/layout/skip-link'
import { OfflineBanner } from '#components/live/offline-banner'
import { HEAD_SCRIPT } from '#lib/pages/script'
import { Toaster } from '#components/ui/toaster'
import { listCategoryNames } from '#lib/catalog/queries'
import { IS_BUILDING } from './building.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Souk', template: '%s · Souk' },
  description: 'A market of many sellers. Stock is live in every open browser and is never sold twice.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf6ef' },
    { media: '(prefers-color-scheme: dark)', color: '#191411' },
  ],
}

/**
 * The frame of every page. It reads nothing of the request, so that pages can be kept: who is looking loads by itself in the
 * header, and the script in the head, which changes what was rendered, sets the theme before the first paint and keeps what
 * is done before there is anybody to answer.
 */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const categories = IS_BUILDING ? [] : await listCategoryNames()
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: HEAD_SCRIPT }} />
      </head>
      <body className="flex min-h-dvh flex-col">
        <SkipLink />
        <Header categories={categories} />
        <OfferNotice />
        <TabTitle />
        <OfflineBanner />
        <main id="content" tabIndex={-1} className="grow outline-none">
          {children}
        </main>
        <Footer />
        <Toaster />
        <Ready />
      </body>
    </html>
  )
}
