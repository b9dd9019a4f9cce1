-- CreateEnum
CREATE TYPE "line_kind" AS ENUM ('goods', 'shipping');

-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "is_tax_included" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "kind" "line_kind" NOT NULL DEFAULT 'goods',
ADD COLUMN     "refunded_tax_cents" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "tax_bps" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "tax_cents" BIGINT NOT NULL DEFAULT 0,
ALTER COLUMN "variant_id" DROP NOT NULL,
ALTER COLUMN "product_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "refund_line" ADD COLUMN     "tax_cents" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "seller_order" ADD COLUMN     "shipping_method" TEXT;

-- CreateTable
CREATE TABLE "tax_rule" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "country" CHAR(2) NOT NULL,
    "category_slug" TEXT,
    "bps" INTEGER NOT NULL,
    "is_included" BOOLEAN NOT NULL,

    CONSTRAINT "tax_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipping_method" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "seller_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "countries" CHAR(2)[],
    "flat_cents" BIGINT NOT NULL,
    "per_item_cents" BIGINT NOT NULL,
    "free_over_cents" BIGINT,

    CONSTRAINT "shipping_method_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tax_rule_country_category_slug_key" ON "tax_rule"("country", "category_slug");

-- CreateIndex
CREATE UNIQUE INDEX "shipping_method_seller_id_position_key" ON "shipping_method"("seller_id", "position");

-- AddForeignKey
ALTER TABLE "tax_rule" ADD CONSTRAINT "tax_rule_category_slug_fkey" FOREIGN KEY ("category_slug") REFERENCES "category"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipping_method" ADD CONSTRAINT "shipping_method_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say.

-- A line is what its pieces cost, with the tax where that comes on top. What the market and the taxman get is in it.
alter table "order_line"
  drop constraint "order_line_total_check",
  drop constraint "order_line_commission_check",
  drop constraint "order_line_refunded_check",
  add constraint "order_line_total_check" check (
    unit_price_cents >= 0
    and total_cents = unit_price_cents * quantity + case when is_tax_included then 0 else tax_cents end),
  add constraint "order_line_tax_check" check (tax_bps between 0 and 10000 and tax_cents between 0 and total_cents),
  add constraint "order_line_commission_check" check (commission_cents between 0 and total_cents - tax_cents),
  add constraint "order_line_kind_check" check (case kind
    when 'goods' then variant_id is not null and product_id is not null
    else variant_id is null and product_id is null and quantity = 1 and returned_quantity = 0 end),
  -- Never more goes back than was paid; what is refunded whole is refunded to the cent.
  add constraint "order_line_refunded_check" check (
    refunded_quantity between 0 and quantity
    and refunded_cents between 0 and total_cents
    and refunded_commission_cents between 0 and commission_cents
    and refunded_tax_cents between 0 and tax_cents
    and (refunded_quantity < quantity
         or refunded_cents = total_cents and refunded_commission_cents = commission_cents
            and refunded_tax_cents = tax_cents));
create unique index "order_line_shipping_idx" on "order_line" (seller_order_id) where kind = 'shipping';
alter table "refund_line" add constraint "refund_line_tax_check" check (tax_cents >= 0);

-- One rule per country and category, and one for the rest of a country.
drop index "tax_rule_country_category_slug_key";
create unique index "tax_rule_country_category_slug_key" on "tax_rule" (country, category_slug) nulls not distinct;
alter table "tax_rule"
  add constraint "tax_rule_country_check" check (country ~ '^[A-Z]{2}$'),
  add constraint "tax_rule_bps_check" check (bps between 0 and 10000);
alter table "shipping_method"
  add constraint "shipping_method_cents_check" check (
    flat_cents between 0 and 10000000 and per_item_cents between 0 and 10000000 and free_over_cents >= 0),
  add constraint "shipping_method_name_check" check (length(name) between 1 and 60);

-- Open disputes, the longest waiting first.
create index "seller_order_disputed_idx" on "seller_order" (disputed_at) where status = 'disputed';
