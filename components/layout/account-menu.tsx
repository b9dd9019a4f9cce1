'use client'

import { Landmark, LogIn, LogOut, PackageOpen, Store, UserRound } from 'lucide-react'
import Link from 'next/link'
import { Avatar } from '#components/ui/avatar'
import { cn } from '#components/ui/cn'
import { Menu, MENU_ENTRY } from './menu.tsx'
import { useSession } from './session.tsx'
import { signOut } from './sign-out.tsx'

/** The same width whoever is looking, so that nothing moves when the answer comes. */
const SLOT = 'h-11 w-11 shrink-0 lg:w-32'

/** Who is signed in and where they can go; a way to sign in for the others. Its place is as wide before it is known. */
export function AccountMenu() {
  const session = useSession()
  if (session.status === 'loading') return <span className={SLOT} aria-hidden />
  const { user } = session
  if (!user) {
    return (
      <Link
        href="/sign-in"
        className={cn(
          SLOT,
          'flex animate-rise items-center justify-center gap-2 rounded-control font-semibold transition hover:bg-sunken',
        )}
      >
        <LogIn aria-hidden className="size-6" strokeWidth={1.8} />
        <span className="sr-only lg:not-sr-only">Sign in</span>
      </Link>
    )
  }
  return (
    <Menu
      label={`Account of ${user.name}`}
      align="end"
      className={SLOT}
      button={
        <>
          <Avatar name={user.name} size="sm" />
          <span className="hidden min-w-0 truncate lg:inline">{user.name.split(' ')[0]}</span>
        </>
      }
    >
      <p className="px-3 pt-1 pb-2">
        <span className="block font-semibold">{user.name}</span>
        <span className="block text-sm text-muted">@{user.handle}</span>
      </p>
      <Link href="/orders" className={MENU_ENTRY}>
        <PackageOpen aria-hidden /> Your orders
      </Link>
      <Link href="/sell" className={MENU_ENTRY}>
        <Store aria-hidden /> {user.seller ? user.seller.name : 'Open a shop'}
      </Link>
      {user.role === 'admin' ? (
        <Link href="/admin" className={MENU_ENTRY}>
          <Landmark aria-hidden /> Operator
        </Link>
      ) : null}
      <Link href="/account" className={MENU_ENTRY}>
        <UserRound aria-hidden /> Account
      </Link>
      <button type="button" onClick={() => void signOut()} className={MENU_ENTRY}>
        <LogOut aria-hidden /> Sign out
      </button>
    </Menu>
  )
}
