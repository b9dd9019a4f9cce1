'use client'

import './globals.css'

/** The last resort, when even the frame of the page broke: no part of ours but the colours, and a plain link. */
export default function GlobalErrorPage() {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center p-6 text-center">
        <title>Something went wrong · Souk</title>
        <main>
          <h1 className="font-display text-title font-semibold">The market could not be opened</h1>
          <p className="mx-auto mt-3 max-w-prose text-muted">
            Something went wrong on our side. Your cart and your orders are safe.
          </p>
          <div className="mt-6">
            {/* A form on purpose: it loads everything anew, without any script. */}
            <form action="/">
              <button
                type="submit"
                className="inline-flex min-h-11 items-center rounded-control bg-accent px-5 font-semibold text-on-accent"
              >
                Try again
              </button>
            </form>
          </div>
        </main>
      </body>
    </html>
  )
}
