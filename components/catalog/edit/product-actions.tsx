import { Eye } from 'lucide-react'
import { Button, ButtonLink } from '#components/ui/button'
import type { OwnProductView } from '#lib/catalog/schema'

export type ProductWork = 'save' | 'publish' | 'archive'

interface ProductActionsProps {
  formId: string
  product: OwnProductView | null
  busy: ProductWork | null
  /** Pictures are still on their way: a save now would leave them out. */
  isSending: boolean
  onWork: (work: ProductWork) => void
}

/** Save, publish, archive: always in reach at the lower edge of the screen. */
export function ProductActions({ formId, product, busy, isSending, onWork }: ProductActionsProps) {
  const status = product?.status ?? 'draft'
  const isLocked = busy !== null || isSending
  return (
    <div className="sticky bottom-3 z-10 flex flex-wrap items-center gap-3 rounded-card border border-line bg-surface/95 p-3 shadow-float backdrop-blur-sm">
      {status === 'published' ? (
        <Button type="submit" form={formId} busy={busy === 'save'} disabled={isLocked && busy !== 'save'}>
          Save changes
        </Button>
      ) : (
        <>
          <Button busy={busy === 'publish'} disabled={isLocked && busy !== 'publish'} onClick={() => onWork('publish')}>
            {status === 'archived' ? 'Publish again' : 'Publish'}
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="secondary"
            busy={busy === 'save'}
            disabled={isLocked && busy !== 'save'}
          >
            {status === 'archived' ? 'Save' : 'Save draft'}
          </Button>
        </>
      )}
      {product && status !== 'archived' ? (
        <Button
          variant="quiet"
          busy={busy === 'archive'}
          disabled={isLocked && busy !== 'archive'}
          onClick={() => onWork('archive')}
        >
          Archive
        </Button>
      ) : null}
      {status === 'published' && product ? (
        <ButtonLink href={`/products/${product.slug}`} variant="quiet" className="ml-auto">
          <Eye aria-hidden className="size-4.5" />
          <span className="max-sm:sr-only">See it as buyers do</span>
        </ButtonLink>
      ) : null}
      {isSending ? <p className="text-sm text-muted">Pictures are on their way …</p> : null}
    </div>
  )
}
