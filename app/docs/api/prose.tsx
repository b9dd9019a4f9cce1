/** A sentence of the document; what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((part, place) =>
    place % 2 === 1 ? (
      <code key={place} className="rounded bg-sunken px-1 py-0.5 text-[0.9em] wrap-anywhere">
        {part}
      </code>
    ) : (
      part
    ),
  )
}

/** Lines of code as they are typed or answered. They scroll by themselves, also by keyboard. */
export function Code({ label, children }: { label: string; children: string }) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-112 overflow-auto rounded-lg border border-line bg-sunken p-4 text-sm leading-relaxed"
    >
      <code>{children}</code>
    </pre>
  )
}
