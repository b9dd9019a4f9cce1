import Link from 'next/link'

const LINK =
  'inline-flex min-h-9 items-center rounded-md px-2 text-sm text-muted underline-offset-4 hover:text-ink hover:underline pointer-coarse:min-h-11'

/** The way to every group of operations: a column beside the page, on a phone some lines above it. */
export function GroupLinks({ groups }: { groups: readonly string[] }) {
  const links = [
    { href: '/docs/api', label: 'Begin here' },
    ...groups.map((group) => ({ href: groupHref(group), label: group })),
    { href: '/docs/errors', label: 'Errors' },
  ]
  return (
    <nav aria-label="API" className="lg:sticky lg:top-24 lg:self-start">
      <ul className="-mx-2 flex flex-wrap gap-x-1 lg:flex-col">
        {links.map(({ href, label }) => (
          <li key={href}>
            <Link href={href} prefetch={false} className={LINK}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The page of a group. */
export function groupHref(group: string): string {
  return `/docs/api/${group.toLowerCase()}`
}
