import { FileDown } from 'lucide-react'

/** Opens the invoice of a seller order, a document to print or keep. */
export function InvoiceLink({ href }: { href: string }) {
  return (
    <a href={href} target="_blank" className="inline-flex min-h-11 items-center gap-2 text-accent underline">
      <FileDown aria-hidden className="size-4.5" />
      Invoice (PDF)
    </a>
  )
}
