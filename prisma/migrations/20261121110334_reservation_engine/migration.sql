-- By hand: what hangs on the types of a hold has to go before they can change, and comes back at the end.
drop index "hold_due_idx";
drop index "hold_variant_due_idx";
alter table "hold" drop constraint "hold_order_check";

-- An offer is part of its waitlist entry and never was a hold.
create type "hold_kind_new" as enum ('cart', 'checkout');
alter table "hold" alter column "kind" drop default;
alter table "hold" alter column "kind" type "hold_kind_new" using (kind::text::"hold_kind_new");
drop type "hold_kind";
alter type "hold_kind_new" rename to "hold_kind";
alter table "hold" alter column "kind" set default 'cart';

-- A value added to a type cannot be used in the same transaction; one of a new type can.
create type "hold_state_new" as enum ('held', 'lapsed', 'released');
alter table "hold" alter column "state" drop default;
alter table "hold" alter column "state" type "hold_state_new" using (state::text::"hold_state_new");
drop type "hold_state";
alter type "hold_state_new" rename to "hold_state";
alter table "hold" alter column "state" set default 'held';

alter type "movement_reason" add value 'queued';
alter type "movement_reason" add value 'published';

-- DropIndex
DROP INDEX "hold_order_id_idx";

-- DropIndex
DROP INDEX "hold_variant_id_idx";

-- AlterTable
ALTER TABLE "hold" ADD COLUMN     "anonymous" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "bought" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "source" TEXT;

-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "capacity" INTEGER;

-- AlterTable
ALTER TABLE "stock" ADD COLUMN     "anonymous" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "entries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "next_position" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "waitlist_entry" (
    "id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "cart_id" UUID NOT NULL,
    "buyer_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "wanted" INTEGER NOT NULL,
    "offered" INTEGER NOT NULL DEFAULT 0,
    "offered_until" TIMESTAMPTZ(3),
    "joined_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waitlist_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queued_deposit" (
    "id" BIGSERIAL NOT NULL,
    "seller_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "queued_deposit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "waitlist_entry_buyer_id_idx" ON "waitlist_entry"("buyer_id");

-- CreateIndex
CREATE INDEX "waitlist_entry_cart_id_idx" ON "waitlist_entry"("cart_id");

-- CreateIndex
CREATE UNIQUE INDEX "waitlist_entry_variant_id_buyer_id_key" ON "waitlist_entry"("variant_id", "buyer_id");

-- CreateIndex
CREATE UNIQUE INDEX "waitlist_entry_variant_id_position_key" ON "waitlist_entry"("variant_id", "position");

-- CreateIndex
CREATE INDEX "queued_deposit_seller_id_id_idx" ON "queued_deposit"("seller_id", "id");

-- CreateIndex
CREATE INDEX "queued_deposit_variant_id_idx" ON "queued_deposit"("variant_id");

-- CreateIndex
CREATE INDEX "hold_variant_id_source_idx" ON "hold"("variant_id", "source");

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "stock"("variant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_cart_id_fkey" FOREIGN KEY ("cart_id") REFERENCES "cart"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_buyer_id_fkey" FOREIGN KEY ("buyer_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queued_deposit" ADD CONSTRAINT "queued_deposit_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queued_deposit" ADD CONSTRAINT "queued_deposit_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "stock"("variant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say. The database is the last guard.

alter table "stock"
  add constraint "stock_anonymous_check" check (anonymous between 0 and on_hand - available),
  add constraint "stock_line_check" check (waiting between 0 and entries),
  add constraint "stock_next_position_check" check (next_position > 0);

alter table "hold"
  add constraint "hold_order_check" check ((kind = 'checkout') = (order_id is not null)),
  add constraint "hold_checkout_check" check (kind <> 'checkout' or state = 'held'),
  add constraint "hold_bought_check" check (bought >= 0);

alter table "waitlist_entry"
  add constraint "waitlist_entry_pieces_check" check (wanted >= 0 and offered >= 0 and wanted + offered > 0),
  add constraint "waitlist_entry_offer_check" check (offered = 0 or offered_until is not null);

alter table "queued_deposit" add constraint "queued_deposit_quantity_check" check (quantity > 0);
alter table "seller" add constraint "seller_capacity_check" check (capacity >= 0);

create index "hold_due_idx" on "hold" (expires_at) where state = 'held' and kind <> 'checkout';
create index "hold_variant_due_idx" on "hold" (variant_id, expires_at) where state = 'held' and kind <> 'checkout';
create index "hold_order_id_idx" on "hold" (order_id) where order_id is not null;
create index "hold_released_idx" on "hold" (expires_at) where state = 'released' and bought = 0;
create index "waitlist_entry_due_idx" on "waitlist_entry" (offered_until) where offered_until is not null;
create index "waitlist_entry_line_idx" on "waitlist_entry" (variant_id, position) where wanted > 0;
create index "stock_entries_idx" on "stock" (variant_id) where entries > 0;

-- Holds that are there already.
update hold
set anonymous = true
from cart
where cart.id = hold.cart_id and cart.buyer_id is null;

update stock
set anonymous = held.pieces
from (select variant_id, sum(quantity)::int as pieces from hold where state = 'held' and anonymous group by variant_id) as held
where held.variant_id = stock.variant_id;
