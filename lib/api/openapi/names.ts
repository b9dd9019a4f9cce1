import * as z from 'zod'
import * as auth from '#lib/auth/schema'
import * as cart from '#lib/cart/schema'
import * as catalog from '#lib/catalog/schema'
import * as prices from '#lib/catalog/schema/price'
import * as inventory from '#lib/inventory/schema'
import * as media from '#lib/media/schema'
import * as orders from '#lib/orders/schema'
import * as balance from '#lib/orders/schema/balance'
import * as payment from '#lib/orders/schema/payment'
import * as progress from '#lib/orders/schema/progress'
import * as quote from '#lib/orders/schema/quote'
import * as moves from '#lib/orders/schema/seller-order'
import * as statement from '#lib/orders/schema/statement'
import * as terms from '#lib/orders/schema/terms'
import * as reviews from '#lib/reviews/schema'
import * as search from '#lib/search/schema'
import * as sellers from '#lib/sellers/schema'
import * as trader from '#lib/trader/schema'
import { problemView } from '../problem.ts'

/** Gives every schema of the API the name and the sentence it has in the document. Saying it twice changes nothing. */
export function nameSchemas(): void {
  for (const [id, [schema, description]] of Object.entries(NAMES)) {
    z.globalRegistry.add(schema, { ...schema.meta(), id, description })
  }
}

/** By noun, in the order of `lib`. */
const NAMES: Readonly<Record<string, readonly [z.ZodType, string]>> = {
  Problem: [problemView, 'A refusal (RFC 9457). `code` is stable; `title` is a sentence for people and may change.'],

  NewAccount: [auth.accountInput, 'What a member signs up with.'],
  Account: [auth.accountView, 'A member as everyone knows it.'],
  TokenRequest: [auth.tokenInput, 'Who asks for a token, and what it is for.'],
  NewToken: [auth.newTokenView, 'A token as it is told once.'],
  Token: [auth.tokenView, 'A token that works, without its secret.'],
  Session: [auth.deviceView, 'One sign-in on one device.'],
  CurrentSession: [auth.sessionView, 'Who is asking.'],

  NewShop: [sellers.shopInput, 'A shop to be opened.'],
  ShopChange: [sellers.shopChange, 'What is left out stays; a `pictureId` of null takes the picture away.'],
  Shop: [sellers.sellerView, 'A shop as everyone sees it.'],
  ShippingMethodsInput: [sellers.shippingInput, 'The whole list of ways of sending, in the order they are offered.'],
  ShippingMethods: [sellers.shippingView, 'How a shop sends: the first that goes there, unless the buyer chooses.'],

  Picture: [media.pictureView, 'A picture that was taken in.'],

  Stock: [inventory.stockView, 'The count of one product version.'],
  AdjustedStock: [inventory.adjustedView, 'A count after its seller changed it, and what became of the new pieces.'],
  Capacity: [inventory.capacityView, 'How many pieces a shop has on sale, and how many it may.'],
  StockAdjustment: [inventory.adjustmentInput, 'A change by so many pieces, or to a number decided on a version.'],

  Category: [catalog.categoryView, 'A category of the market.'],
  CategoryList: [catalog.categoryListView, 'All categories.'],
  ProductCard: [catalog.productCardView, 'A product in a list, with the prices and counts of its versions on sale.'],
  ProductList: [catalog.productListView, 'A page of products.'],
  Variant: [catalog.variantView, 'One version of a product that can be bought.'],
  Product: [catalog.productView, 'A product as everyone sees it.'],
  OwnProductCard: [catalog.ownProductCardView, 'A product in the list of its own seller, whatever its status.'],
  OwnProductList: [catalog.ownProductListView, 'A page of the products of a shop.'],
  OwnProduct: [catalog.ownProductView, 'A product as its own seller sees it, whatever its status.'],
  PublishedProduct: [catalog.publishedView, 'A product that just went on sale.'],
  NewProduct: [catalog.productInput, 'A product to be listed.'],
  ProductChange: [catalog.productChange, 'What is left out stays.'],
  VariantChange: [catalog.variantChange, 'What is left out stays; null takes what was there away.'],
  VariantsInput: [catalog.variantsInput, 'The whole set: without an id it is new, what is missing goes off sale.'],
  PicturesInput: [catalog.picturesInput, 'All pictures of a product, in their order.'],
  PriceList: [prices.priceListView, 'What product versions cost now.'],
  Import: [catalog.importView, 'The report of an import.'],
  ImportSummary: [catalog.importSummaryView, 'An import in the list of imports.'],
  ImportList: [catalog.importListView, 'The last imports of a shop.'],

  SearchResult: [search.searchView, 'A page of what was found.'],
  SearchCount: [search.foundView, 'How much was found.'],
  SearchFacets: [search.facetsView, 'What would be found with one value of a facet chosen, all else as it is.'],
  TitleSuggestions: [search.suggestionsView, 'Titles that go on as what was typed begins.'],

  Cart: [cart.cartView, 'A cart with its lines.'],
  CartLine: [cart.cartLineView, 'A product version in a cart, and the pieces it holds.'],
  CartLineInput: [cart.lineInput, 'The quantity a line shall have.'],
  HeldLine: [cart.lineView, 'What a line holds after a change.'],
  Waitlist: [cart.waitlistView, 'All places of a buyer, the oldest first.'],
  WaitlistPlace: [cart.placeView, "A buyer's place in a waitlist."],
  WaitlistPlaceInput: [cart.placeInput, 'How many pieces are waited for.'],

  AddressInput: [orders.addressInput, 'Where an order is sent.'],
  CardInput: [orders.cardInput, 'The card that pays.'],
  NewOrder: [orders.orderInput, 'How the pieces that a cart holds are paid for and sent.'],
  Quote: [quote.quoteView, 'What a checkout to one country would cost now.'],
  Order: [orders.orderView, 'An order as its buyer sees it.'],
  OrderList: [orders.orderListView, 'A page of orders.'],
  OrderLine: [orders.orderLineView, 'A product version as it was bought.'],
  SellerOrder: [orders.sellerOrderView, 'What one shop has to send of an order.'],
  SellerOrderList: [orders.sellerOrderListView, 'A page of seller orders.'],
  SellerOrderState: [progress.sellerOrderStateView, 'What a seller order came to by a request.'],
  SellerOrderStatus: [progress.sellerOrderStatus, 'How far a seller order is.'],
  PaymentChallenge: [payment.challengeView, 'The first answer to an order whose payment needs its buyer.'],
  ChallengeAnswer: [payment.challengeInput, 'What the buyer decided.'],
  ChallengeResult: [payment.challengeAnswerView, 'Where the buyer goes on.'],
  GivenUpPayment: [payment.givenUpView, 'The order whose payment is over.'],
  WebhookReceipt: [payment.webhookView, 'That it was heard.'],
  Shipment: [moves.shipInput, 'Who brings it, and how it can be followed.'],
  Cancellation: [moves.cancelInput, 'Why it is called off.'],
  RefundRequest: [moves.refundInput, 'What is refunded; without lines all that is left.'],
  Complaint: [moves.disputeInput, 'What is wrong.'],
  ComplaintEnd: [moves.closeDisputeInput, 'How it was put right.'],
  Balance: [balance.balanceView, 'What the market owes a shop.'],
  BalanceExplanation: [balance.explanationView, 'The order lines that an amount is made of.'],
  Statement: [statement.statementView, 'What moved a balance between two days.'],
  CommissionRulesInput: [terms.commissionRulesInput, 'The whole list, in place of the version it names.'],
  CommissionRules: [terms.commissionRulesView, 'All commission rules: the first that fits a line is the one.'],
  TaxRulesInput: [terms.taxRulesInput, 'The whole list, in place of the version it names.'],
  TaxRules: [terms.taxRulesView, 'All tax rules, by country; their order decides nothing.'],

  ReviewInput: [reviews.reviewInput, 'What a buyer says; what is left out is taken back.'],
  ReviewAnswer: [reviews.answerInput, 'What a shop says to a review.'],
  ReviewHiding: [reviews.hideInput, 'Why the market hides a review.'],
  Rating: [reviews.ratingView, 'What the thumbs for an item come to.'],
  ShopRating: [reviews.sellerRatingView, 'What the thumbs for a shop come to.'],
  Review: [reviews.reviewView, 'A review as everyone reads it.'],
  OwnReview: [reviews.shopReviewView, 'A review as its shop reads it, with the order it is about.'],
  ReviewedLine: [reviews.boughtLineView, 'A line that was bought, and what its buyer says about it.'],
  OrderReviews: [reviews.orderReviewsView, 'The goods of an order, and what their buyer says about them.'],
  ProductReviews: [reviews.productReviewsView, 'A page of what is said about a product, and what all of it comes to.'],
  ShopReviews: [reviews.shopReviewsView, 'A page of what is said about a shop, and what all of it comes to.'],
  OwnReviews: [reviews.ownReviewsView, 'A page of what is said about your shop, with what the market hides.'],

  Trader: [trader.traderView, 'Who trades, who did before, and what became of the duties.'],
  PayoutAccountInput: [trader.payoutAccountInput, 'Where a shop is to be paid.'],
  PayoutAccount: [trader.payoutAccountView, 'Where a shop is paid.'],
}
