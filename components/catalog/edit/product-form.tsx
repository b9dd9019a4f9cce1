'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useId, useRef, type SubmitEvent } from 'react'
import { Alert } from '#components/ui/alert'
import { ChangedMeanwhile } from '#components/ui/changed-meanwhile'
import { toast } from '#components/ui/toaster'
import type { OwnProductView } from '#lib/catalog/schema'
import { PICTURES_MAX } from '#lib/catalog/rules/product'
import { DetailsSection } from './details-section.tsx'
import { emptyDraft } from './draft.tsx'
import { OptionsSection } from './options-section.tsx'
import { PicturesSection } from './pictures-section.tsx'
import { publishedWords } from './published-words.tsx'
import { ProductActions, type ProductWork } from './product-actions.tsx'
import { SaleSection } from './sale-section.tsx'
import { StockSection } from './stock-section.tsx'
import { useProduct } from './use-product.tsx'
import { useUploads } from './use-uploads.tsx'

interface ProductFormProps {
  /** Null for a new one. */
  product: OwnProductView | null
  categories: readonly { slug: string; name: string }[]
}

const SAID: Record<ProductWork, string> = {
  save: 'Saved.',
  publish: 'Published. Everybody can see it now.',
  archive: 'Archived. It is off sale.',
}

/** A product, new or saved: everything about it on one page, with what is wrong beside each field. */
export function ProductForm({ product: saved, categories }: ProductFormProps) {
  const router = useRouter()
  const formId = useId()
  const form = useRef<HTMLFormElement>(null)
  const editing = useProduct(saved, emptyDraft(categories[0]?.slug ?? ''))
  const { product, draft, fields, refusal, change } = editing
  const uploads = useUploads((id) =>
    change(({ pictures }) => (pictures.length < PICTURES_MAX ? { pictures: [...pictures, { id, alt: '' }] } : {})),
  )
  useWarningBeforeLeaving(editing.isChanged || uploads.isSending)
  const hasFaults = Object.keys(fields).length > 0

  // Saved, but not published: the address is the product's own from now on, also for a reload.
  const newId = saved ? null : product?.id
  useEffect(() => {
    if (newId) window.history.replaceState(null, '', `/sell/products/${newId}`)
  }, [newId])
  useEffect(() => {
    if (hasFaults) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [fields, hasFaults])

  async function run(work: ProductWork) {
    const done = await editing.run(work)
    if (!done) return
    toast.success([SAID[work], publishedWords(done)].filter(Boolean).join(' '))
    // A new product has an address from now on: saving again must not make a second one.
    if (saved) router.refresh()
    else router.replace(`/sell/products/${done.id}`)
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    void run('save')
  }

  const sections = { draft, fields, onChange: change }
  return (
    <div className="grid gap-6">
      <form id={formId} ref={form} onSubmit={submit} className="grid gap-6" noValidate>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <DetailsSection {...sections} categories={categories} />
          <div className="grid gap-6">
            <PicturesSection
              pictures={draft.pictures}
              uploads={uploads.uploads}
              fields={fields}
              onFiles={uploads.add}
              onDismiss={uploads.dismiss}
              onChange={(pictures) => change({ pictures })}
            />
            <SaleSection {...sections} />
          </div>
        </div>
        <OptionsSection {...sections} />
        <Leaving saved={product} ids={draft.variants.map((row) => row.id)} />
      </form>
      {product ? <StockSection product={product} /> : null}
      {editing.clash && product ? (
        <ChangedMeanwhile
          what="product"
          href={`/sell/products/${product.id}`}
          busy={editing.busy !== null}
          onKeep={() => void run(editing.clash ?? 'save')}
        />
      ) : null}
      {refusal ? (
        <Alert tone="bad" title={hasFaults ? 'Some fields need another look.' : undefined}>
          {hasFaults ? 'What is wrong stands beside each of them. Nothing you typed is lost.' : refusal}
        </Alert>
      ) : null}
      <ProductActions
        formId={formId}
        product={product}
        busy={editing.busy}
        isSending={uploads.isSending}
        onWork={(work) => void run(work)}
      />
    </div>
  )
}

/** Says before the save that versions will go for good. */
function Leaving({ saved, ids }: { saved: OwnProductView | null; ids: readonly (string | null)[] }) {
  const count = saved?.variants.filter((variant) => !ids.includes(variant.id)).length ?? 0
  if (count === 0) return null
  return (
    <Alert tone="warn">
      {count === 1 ? 'One saved version is' : `${count} saved versions are`} no longer in the list. Saving takes{' '}
      {count === 1 ? 'it' : 'them'} off sale for good.
    </Alert>
  )
}

function useWarningBeforeLeaving(isActive: boolean) {
  useEffect(() => {
    if (!isActive) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isActive])
}
