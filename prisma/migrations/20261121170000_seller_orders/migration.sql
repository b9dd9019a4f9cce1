-- CreateEnum
CREATE TYPE "mover" AS ENUM ('seller', 'buyer', 'timer', 'market');

-- CreateEnum
CREATE TYPE "refund_status" AS ENUM ('pending', 'paid', 'failed');

-- CreateEnum
CREATE TYPE "order_event" AS ENUM ('shipped', 'delivered', 'disputed', 'dispute_closed', 'cancelled', 'settled', 'refund_started', 'refunded', 'refund_failed');

-- AlterTable
ALTER TABLE "idempotency_key" ADD COLUMN     "refund_id" UUID;

-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "refunded_cents" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refunded_commission_cents" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refunded_quantity" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "returned_quantity" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "seller_order" ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3),
ADD COLUMN     "carrier" TEXT,
ADD COLUMN     "delivered_at" TIMESTAMPTZ(3),
ADD COLUMN     "disputed_at" TIMESTAMPTZ(3),
ADD COLUMN     "pending_refunds" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "settled_at" TIMESTAMPTZ(3),
ADD COLUMN     "shipped_at" TIMESTAMPTZ(3),
ADD COLUMN     "tracking_number" TEXT;

-- CreateTable
CREATE TABLE "refund" (
    "id" UUID NOT NULL,
    "seller_order_id" UUID NOT NULL,
    "status" "refund_status" NOT NULL DEFAULT 'pending',
    "total_cents" BIGINT NOT NULL,
    "is_settled" BOOLEAN NOT NULL,
    "by" "mover" NOT NULL,
    "actor_id" UUID,
    "reason" TEXT NOT NULL DEFAULT '',
    "provider_ref" TEXT,
    "fail_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "ended_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 1,
    "resume_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refund_line" (
    "refund_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "returned_quantity" INTEGER NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "commission_cents" BIGINT NOT NULL,

    CONSTRAINT "refund_line_pkey" PRIMARY KEY ("refund_id","line_id")
);

-- CreateTable
CREATE TABLE "seller_order_event" (
    "id" UUID NOT NULL,
    "seller_order_id" UUID NOT NULL,
    "what" "order_event" NOT NULL,
    "by" "mover" NOT NULL,
    "actor_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "seller_order_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "refund_seller_order_id_idx" ON "refund"("seller_order_id");

-- CreateIndex
CREATE INDEX "refund_line_line_id_idx" ON "refund_line"("line_id");

-- CreateIndex
CREATE INDEX "seller_order_event_seller_order_id_id_idx" ON "seller_order_event"("seller_order_id", "id");

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_seller_order_id_fkey" FOREIGN KEY ("seller_order_id") REFERENCES "seller_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_line" ADD CONSTRAINT "refund_line_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_line" ADD CONSTRAINT "refund_line_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "order_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seller_order_event" ADD CONSTRAINT "seller_order_event_seller_order_id_fkey" FOREIGN KEY ("seller_order_id") REFERENCES "seller_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say. The database is the last guard.

-- Never more goes back than was paid; what is refunded whole is refunded to the cent.
alter table "order_line"
  add constraint "order_line_refunded_check" check (
    refunded_quantity between 0 and quantity
    and refunded_cents between 0 and total_cents
    and refunded_commission_cents between 0 and commission_cents
    and (refunded_quantity < quantity
         or refunded_cents = total_cents and refunded_commission_cents = commission_cents)),
  add constraint "order_line_returned_check" check (returned_quantity between 0 and quantity);

-- The status is what the times say. A draft that was released is cancelled without having been anything.
alter table "seller_order"
  add constraint "seller_order_refunds_check" check (pending_refunds >= 0),
  add constraint "seller_order_delivered_check" check (delivered_at is null or shipped_at is not null),
  add constraint "seller_order_settled_check" check (settled_at is null or delivered_at is not null and disputed_at is null),
  add constraint "seller_order_cancelled_check" check (cancelled_at is null or shipped_at is null),
  add constraint "seller_order_status_check" check (case status
    when 'placed' then shipped_at is null and cancelled_at is null
    when 'paid' then shipped_at is null and disputed_at is null and cancelled_at is null
    when 'shipped' then shipped_at is not null and delivered_at is null and disputed_at is null
    when 'delivered' then delivered_at is not null and settled_at is null and disputed_at is null
    when 'settled' then settled_at is not null
    when 'disputed' then disputed_at is not null
    when 'refunded' then cancelled_at is null
    else true end);

alter table "refund"
  add constraint "refund_total_check" check (total_cents >= 0),
  add constraint "refund_ended_check" check ((status = 'pending') = (ended_at is null)),
  add constraint "refund_failed_check" check ((status = 'failed') = (fail_code is not null));
alter table "refund_line"
  add constraint "refund_line_check" check (
    quantity > 0 and returned_quantity between 0 and quantity and amount_cents >= 0 and commission_cents >= 0);
alter table "idempotency_key" add constraint "idempotency_key_subject_check" check (order_id is null or refund_id is null);

create unique index "idempotency_key_refund_id_key" on "idempotency_key" (refund_id) where refund_id is not null;
-- What the timers and the trader look for, oldest first.
create index "seller_order_unshipped_idx" on "seller_order" (created_at) where status = 'paid';
create index "seller_order_shipped_idx" on "seller_order" (shipped_at) where status = 'shipped';
create index "seller_order_delivered_idx" on "seller_order" (delivered_at) where status = 'delivered';
create index "refund_pending_idx" on "refund" (resume_at) where status = 'pending';

-- What happened stays told.
create function "refuse_event_change"() returns trigger language plpgsql as $$
begin
  raise exception 'The history of an order is only added to.' using errcode = 'insufficient_privilege';
end $$;
create trigger "seller_order_event_append_only" before update or delete or truncate on "seller_order_event"
  for each statement execute function "refuse_event_change"();
