-- CreateEnum
CREATE TYPE "trader_end" AS ENUM ('released', 'expired', 'stepped_down');

-- CreateEnum
CREATE TYPE "payout_status" AS ENUM ('pending', 'paid', 'failed');

-- CreateTable
CREATE TABLE "trader_lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT,
    "epoch" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "trader_lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "trader_term" (
    "name" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "node" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "why" "trader_end",
    "refused" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "trader_term_pkey" PRIMARY KEY ("name","epoch")
);

-- CreateTable
CREATE TABLE "trader_duty" (
    "name" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "node" TEXT NOT NULL,
    "ran_at" TIMESTAMPTZ(3),
    "succeeded_at" TIMESTAMPTZ(3),
    "lag_ms" INTEGER NOT NULL DEFAULT 0,
    "took_ms" INTEGER NOT NULL DEFAULT 0,
    "runs" BIGINT NOT NULL DEFAULT 0,
    "done" BIGINT NOT NULL DEFAULT 0,
    "failures" BIGINT NOT NULL DEFAULT 0,
    "failing" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "trader_duty_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "payout" (
    "id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "payout_status" NOT NULL DEFAULT 'pending',
    "amount_cents" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "provider" TEXT NOT NULL,
    "seller_account" TEXT NOT NULL,
    "provider_key" TEXT NOT NULL,
    "provider_ref" TEXT,
    "fail_code" TEXT,
    "made_epoch" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "ended_epoch" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "ended_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 1,
    "resume_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_account" (
    "seller_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "account" TEXT NOT NULL,

    CONSTRAINT "payout_account_pkey" PRIMARY KEY ("seller_id","provider")
);

-- CreateIndex
CREATE UNIQUE INDEX "trader_lease_name_epoch_key" ON "trader_lease"("name", "epoch");

-- CreateIndex
CREATE UNIQUE INDEX "payout_provider_key_key" ON "payout"("provider_key");

-- CreateIndex
CREATE INDEX "payout_account_id_idx" ON "payout"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "payout_seller_id_number_key" ON "payout"("seller_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "payout_account_provider_account_key" ON "payout_account"("provider", "account");

-- AddForeignKey
ALTER TABLE "payout" ADD CONSTRAINT "payout_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payout" ADD CONSTRAINT "payout_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payout_account" ADD CONSTRAINT "payout_account_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say. The database is the last guard.

insert into trader_lease (name, epoch, expires_at) values ('trader', 0, clock_timestamp());

alter table "trader_term"
  add constraint "trader_term_ended_check" check ((ended_at is null) = (why is null)),
  add constraint "trader_term_refused_check" check (refused >= 0);
-- One trader at a time.
create unique index "trader_term_open_key" on "trader_term" (name) where ended_at is null;

alter table "payout"
  add constraint "payout_amount_check" check (amount_cents > 0),
  add constraint "payout_number_check" check (number > 0),
  add constraint "payout_ended_check" check ((status = 'pending') = (ended_at is null) and (ended_at is null) = (ended_epoch is null)),
  add constraint "payout_paid_check" check (status <> 'paid' or provider_ref is not null),
  add constraint "payout_failed_check" check ((status = 'failed') = (fail_code is not null));
-- A seller is paid one amount at a time.
create unique index "payout_open_key" on "payout" (seller_id) where status = 'pending';
-- What the trader looks for.
create index "payout_resume_idx" on "payout" (resume_at) where status = 'pending';
