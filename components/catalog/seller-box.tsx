import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ProductView } from '#lib/catalog/schema'
import { ShopRating } from '#components/reviews/rating-line'
import { Avatar } from '#components/ui/avatar'

/** Who sells it, with the way to the shop. */
export function SellerBox({ seller }: { seller: ProductView['seller'] }) {
  return (
    <Link
      href={`/shops/${seller.handle}`}
      className="group flex items-center gap-4 rounded-card border border-line bg-surface p-4 transition hover:border-line-strong"
    >
      <Avatar name={seller.name} pictureId={seller.pictureId} />
      <span className="min-w-0 grow">
        <span className="block font-semibold">{seller.name}</span>
        {seller.about ? <span className="line-clamp-1 text-sm text-muted">{seller.about}</span> : null}
        <ShopRating sellerId={seller.id} className="mt-0.5" />
      </span>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-muted transition group-hover:translate-x-0.5" />
    </Link>
  )
}
