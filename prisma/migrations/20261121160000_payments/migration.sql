-- CreateEnum
CREATE TYPE "payment_wait" AS ENUM ('buyer', 'provider');

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "challenge_url" TEXT,
ADD COLUMN     "waits_for" "payment_wait";

-- AlterTable
ALTER TABLE "sandbox_charge" ADD COLUMN     "challenge_token" TEXT,
ADD COLUMN     "known_at" TIMESTAMPTZ(3),
ADD COLUMN     "refunded_cents" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "return_url" TEXT;

-- CreateTable
CREATE TABLE "webhook_event" (
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("provider","event_id")
);

-- CreateTable
CREATE TABLE "sandbox_refund" (
    "key" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "charge_ref" TEXT NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_refund_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sandbox_transfer" (
    "key" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "seller_account" TEXT NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_transfer_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sandbox_event" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "deliver_at" TIMESTAMPTZ(3) NOT NULL,
    "sends_left" INTEGER NOT NULL,

    CONSTRAINT "sandbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_event_handled_at_idx" ON "webhook_event"("handled_at");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_charge_challenge_token_key" ON "sandbox_charge"("challenge_token");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_refund_ref_key" ON "sandbox_refund"("ref");

-- CreateIndex
CREATE INDEX "sandbox_refund_charge_ref_idx" ON "sandbox_refund"("charge_ref");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_transfer_ref_key" ON "sandbox_transfer"("ref");

-- CreateIndex
CREATE INDEX "sandbox_event_deliver_at_idx" ON "sandbox_event"("deliver_at");

-- AddForeignKey
ALTER TABLE "sandbox_refund" ADD CONSTRAINT "sandbox_refund_charge_ref_fkey" FOREIGN KEY ("charge_ref") REFERENCES "sandbox_charge"("ref") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say. The database is the last guard.

alter table "payment"
  add constraint "payment_challenge_check" check ((waits_for is not distinct from 'buyer') = (challenge_url is not null));

alter table "sandbox_charge"
  add constraint "sandbox_charge_refunded_check" check (
    refunded_cents between 0 and case when outcome = 'captured' then amount_cents else 0 end);
alter table "sandbox_refund" add constraint "sandbox_refund_amount_check" check (amount_cents > 0);
alter table "sandbox_transfer" add constraint "sandbox_transfer_amount_check" check (amount_cents > 0);
alter table "sandbox_event" add constraint "sandbox_event_sends_check" check (sends_left >= 0);
