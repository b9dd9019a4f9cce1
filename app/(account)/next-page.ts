/** Where a sign-in goes on to: a page of ours, never another site, whatever the address says. */
export function nextPage(next: string | string[] | undefined): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
