import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache, Suspense } from 'react'
import { BuyBox } from '#components/catalog/buy-box'
import { Description } from '#components/catalog/description'
import { Gallery } from '#components/catalog/gallery'
import { ProductFacts } from '#components/catalog/product-facts'
import { ProductGrid, ProductGridSkeleton } from '#components/catalog/product-grid'
import { RefreshOnEdit } from '#components/catalog/refresh-on-edit'
import { Section } from '#components/catalog/section'
import { SellerBox } from '#components/catalog/seller-box'
import { ProductRating } from '#components/reviews/rating-line'
import { ReviewSection } from '#components/reviews/review-section'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { getProduct, listProducts } from '#lib/catalog/queries'
import { stillCard, stillProduct } from '#lib/catalog/rules/still'
import type { ProductView } from '#lib/catalog/schema'
import { pictureUrl } from '#lib/media/rules'
import { productTag, sellerTag } from '#lib/pages/rules'
import { marketUrl } from '../../../market-url.ts'
import { shows } from '../../shows.ts'
import { productData, scriptSafe } from './product-data.ts'

interface ProductPageProps {
  params: Promise<{ slug: string }>
}

// Kept for everyone until something on it is edited, and an hour at the most. Which there are is known when they are asked for.
export const dynamic = 'force-static'
export const revalidate = 3600
export const generateStaticParams = () => []

export async function generateMetadata({ params }: ProductPageProps): Promise<Metadata> {
  const product = await requireProduct((await params).slug)
  const description =
    product.description.replace(/\s+/g, ' ').slice(0, 200) || `${product.title} from ${product.sellerName}`
  const images = product.pictureId
    ? [{ url: marketUrl(pictureUrl(product.pictureId, 1600)), alt: product.pictureAlt }]
    : []
  return {
    title: product.title,
    description,
    alternates: { canonical: marketUrl(`/products/${product.slug}`) },
    openGraph: { title: product.title, description, images },
    // Off sale it stays for those who have its address, and for nobody else.
    robots: { index: product.stock.some((state) => state.onSale) },
  }
}

/** One product: its pictures, its story, and the box that holds pieces of it. */
export default async function ProductPage({ params }: ProductPageProps) {
  const product = await requireProduct((await params).slug)
  const still = stillProduct(product)
  const { id, slug, title, optionNames, variants } = still
  await shows([productTag(id), sellerTag(product.seller.handle)])
  return (
    <>
      <div className="page py-4 sm:py-6">
        <Breadcrumbs
          crumbs={[
            { href: '/', label: 'Market' },
            { href: `/categories/${product.category.slug}`, label: product.category.name },
          ]}
        />
        <div className="mt-3 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
          <Gallery title={product.title} pictures={product.pictures} />
          <div className="self-start lg:sticky lg:top-24">
            <h1 className="font-display text-title font-semibold tracking-tight wrap-anywhere">{product.title}</h1>
            <p className="mt-1.5 text-muted">from {product.seller.name}</p>
            <p className="mt-1 mb-5">
              <ProductRating productId={id} />
            </p>
            <BuyBox product={{ id, slug, title, optionNames, variants }} />
            <div className="mt-7">
              <SellerBox seller={product.seller} />
            </div>
          </div>
        </div>
        <div className="mt-12 grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
          {product.description ? (
            <section aria-label="Description">
              <h2 className="mb-4 font-display text-2xl font-semibold">About it</h2>
              <Description text={product.description} />
            </section>
          ) : null}
          <ProductFacts product={still} />
        </div>
      </div>
      <Suspense fallback={<MoreSkeleton name={product.seller.name} />}>
        <MoreOfShop product={product} />
      </Suspense>
      <ReviewSection of={{ kind: 'product', id, sellerId: product.seller.id }} title="What buyers say" />
      <RefreshOnEdit productId={product.id} revision={product.revision} />
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: scriptSafe(productData(product, marketUrl)) }}
      />
    </>
  )
}

async function MoreOfShop({ product }: { product: ProductView }) {
  const { items } = await listProducts({ sellerId: product.seller.id, sort: 'newest', limit: 6 })
  // Which these are changes with any product of the shop, which the page has as a tag already.
  const others = items
    .filter((each) => each.id !== product.id)
    .slice(0, 5)
    .map(stillCard)
  if (others.length === 0) return null
  return (
    <Section
      title={`More from ${product.seller.name}`}
      more={{ href: `/shops/${product.seller.handle}`, label: 'To the shop' }}
    >
      <ProductGrid products={others} priority={false} />
    </Section>
  )
}

function MoreSkeleton({ name }: { name: string }) {
  return (
    <Section title={`More from ${name}`}>
      <ProductGridSkeleton count={5} />
    </Section>
  )
}

const requireProduct = cache(async (slug: string) => (await getProduct(slug)) ?? notFound())
