import { ChevronDown, House, LayoutGrid, Store } from 'lucide-react'
import Link from 'next/link'
import { ThemeToggle } from '#components/ui/theme-toggle'
import { AccountMenu } from './account-menu.tsx'
import { CartButton } from './cart-button.tsx'
import { Menu, MENU_ENTRY } from './menu.tsx'
import { SearchField } from './search-field.tsx'
import { Wordmark } from './wordmark.tsx'

interface HeaderProps {
  categories: readonly { slug: string; name: string }[]
}

/** The head of every page: name, categories, search, light, account, cart. Two lines on a phone. */
export function Header({ categories }: HeaderProps) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper/95 backdrop-blur-sm">
      <div className="page flex flex-wrap items-center gap-x-2 gap-y-2 py-2.5 md:flex-nowrap md:gap-x-4">
        <Link href="/" aria-label="Souk, to the market" className="inline-flex min-h-11 items-center rounded-control">
          <Wordmark />
        </Link>
        <CategoryMenu categories={categories} />
        <div className="order-last w-full md:order-none md:mx-auto md:max-w-xl md:grow">
          <SearchField />
        </div>
        <div className="ml-auto flex items-center md:ml-0">
          <ThemeToggle />
          <CartButton />
          <AccountMenu />
        </div>
      </div>
    </header>
  )
}

function CategoryMenu({ categories }: HeaderProps) {
  return (
    <Menu
      label="Categories"
      button={
        <>
          <LayoutGrid aria-hidden className="size-5 sm:hidden" />
          <span className="hidden sm:inline">Categories</span>
          <ChevronDown aria-hidden className="size-4 text-muted transition group-open:rotate-180" />
        </>
      }
    >
      <nav aria-label="Categories">
        <ul>
          <li>
            <Link href="/" className={MENU_ENTRY}>
              <House aria-hidden /> The market
            </Link>
          </li>
          {categories.map((category) => (
            <li key={category.slug}>
              <Link href={`/categories/${category.slug}`} className={MENU_ENTRY}>
                {category.name}
              </Link>
            </li>
          ))}
          <li className="mt-1 border-t border-line pt-1">
            <Link href="/sell" className={MENU_ENTRY}>
              <Store aria-hidden /> Sell here
            </Link>
          </li>
        </ul>
      </nav>
    </Menu>
  )
}
