import { redirect } from 'next/navigation'
import type { Member } from '#lib/api/principal'
import { currentPrincipal } from '../principal.ts'

/** The member who asks for a page of their shop. Who is not signed in is sent to do that, who has no shop to open one. */
export async function requireShop(path: string): Promise<Member & { sellerId: string }> {
  const { member } = await currentPrincipal()
  if (!member) redirect(`/sign-in?next=${encodeURIComponent(path)}`)
  const { sellerId } = member
  if (!sellerId) redirect('/sell')
  return { ...member, sellerId }
}
