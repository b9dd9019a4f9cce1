import { notFound, redirect } from 'next/navigation'
import type { Member } from '#lib/api/principal'
import { currentPrincipal } from '../principal.ts'

/** The operator who asks for a page. Who is not signed in is sent to do that; for all others there is nothing here. */
export async function requireOperator(path: string): Promise<Member> {
  const { member } = await currentPrincipal()
  if (!member) redirect(`/sign-in?next=${encodeURIComponent(path)}`)
  if (member.role !== 'admin') notFound()
  return member
}
