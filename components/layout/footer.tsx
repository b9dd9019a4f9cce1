import Link from 'next/link'
import { Wordmark } from './wordmark.tsx'

const COLUMNS = [
  {
    title: 'Buy',
    links: [
      { href: '/', label: 'Market' },
      { href: '/cart', label: 'Your cart' },
      { href: '/orders', label: 'Your orders' },
    ],
  },
  {
    title: 'Sell',
    links: [
      { href: '/sell', label: 'Your shop' },
      { href: '/sell/import', label: 'Import products' },
    ],
  },
  {
    title: 'Build',
    links: [
      { href: '/docs/api', label: 'API' },
      { href: '/docs/errors', label: 'Errors' },
    ],
  },
]

/** The foot of every page. */
export function Footer() {
  return (
    <footer className="mt-20 border-t border-line bg-sunken/60">
      <div className="page flex flex-wrap justify-between gap-x-16 gap-y-8 py-10">
        <div className="max-w-sm">
          <Wordmark />
          <p className="mt-3 text-sm text-muted">
            Many sellers, one market. What you put in your cart is yours until the clock runs out, and nobody is ever
            sold a piece that is gone.
          </p>
        </div>
        <div className="flex flex-wrap gap-x-14 gap-y-6">
          {COLUMNS.map((column) => (
            <nav key={column.title} aria-label={column.title}>
              <p className="text-sm font-semibold">{column.title}</p>
              <ul className="mt-1">
                {column.links.map((link) => (
                  <li key={link.href}>
                    <Link
                      href={link.href}
                      className="inline-flex min-h-9 items-center text-sm text-muted underline-offset-4 hover:text-ink hover:underline pointer-coarse:min-h-11"
                    >
                      {link.label}
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
          ))}
        </div>
      </div>
    </footer>
  )
}
