import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { OfferNotice } from '#components/cart/offer-notice'
import { Footer } from '#components/layout/footer'
import { Header } from '#components/layout/header'
import { SkipLink } from '#components/layout/skip-link'
import { OfflineBanner } from '#components/live/offline-banner'
import { THEME_COOKIE } from '#components/ui/theme'
import { Toaster } from '#components/ui/toaster'
import { listCategories } from '#lib/catalog/queries'
import './globals.css'

// Each answer carries its own script nonce, so no page is rendered ahead of its request.
export const dynamic = 'force-dynamic'

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

/** The frame of every page. It never reads the session: what depends on it loads by itself in the header. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [theme, categories] = await Promise.all([chosenTheme(), listCategories()])
  return (
    <html lang="en" data-theme={theme}>
      <body className="flex min-h-dvh flex-col">
        <SkipLink />
        <Header categories={categories} />
        <OfferNotice />
        <OfflineBanner />
        <main id="content" tabIndex={-1} className="grow outline-none">
          {children}
        </main>
        <Footer />
        <Toaster />
      </body>
    </html>
  )
}

async function chosenTheme(): Promise<'light' | 'dark' | undefined> {
  const value = (await cookies()).get(THEME_COOKIE)?.value
  return value === 'light' || value === 'dark' ? value : undefined
}
