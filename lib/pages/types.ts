/** What Next hands over as a page; its other parts are kept as they are. */
export interface KeptPage {
  readonly kind: 'APP_PAGE'
  readonly html: string
  readonly rscData?: Buffer | undefined
  readonly segmentData?: ReadonlyMap<string, Buffer> | undefined
  /** Sent with the page, but for Next's own. Next sends the very object it hands over. */
  readonly headers?: Record<string, unknown> | undefined
  readonly status?: number | undefined
}

/** For how long Next thinks a page right, in seconds; `false` is for ever. */
export interface Lifetime {
  readonly revalidate: number | false
  readonly expire?: number | undefined
}

export interface Entry {
  readonly page: KeptPage
  readonly keptAt: number
  readonly lifetime: Lifetime | undefined
  readonly tags: ReadonlySet<string>
  readonly bytes: number
}
