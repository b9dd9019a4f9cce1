import { cn } from '#components/ui/cn'

/** The awning: our sign, in one colour and a half. */
export function Awning({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cn('size-8', className)}>
      <path
        d="M6 17v9.5h20V17"
        className="fill-none stroke-ink"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M13 26.5V21a3 3 0 0 1 6 0v5.5"
        className="fill-none stroke-ink"
        strokeWidth="2.4"
        strokeLinejoin="round"
      />
      <path
        d="M6.5 4.5h19L30 14a4.67 4.67 0 0 1-9.33 0 4.67 4.67 0 0 1-9.34 0A4.67 4.67 0 0 1 2 14Z"
        className="fill-accent"
      />
      <path d="M12.6 4.5h6.8l1.27 9.5a4.67 4.67 0 0 1-9.34 0Z" className="fill-saffron" />
    </svg>
  )
}

/** The name of the market with its sign. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2">
      <Awning />
      <span className="font-display text-2xl leading-none font-semibold tracking-tight">Souk</span>
    </span>
  )
}
