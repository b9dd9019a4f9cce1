import type { ReactNode } from 'react'

// What stands here is one member's: drawn for each request, with a nonce of its own.
export const dynamic = 'force-dynamic'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return children
}
