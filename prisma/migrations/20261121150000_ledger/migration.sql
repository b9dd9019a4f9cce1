-- CreateEnum
CREATE TYPE "account_kind" AS ENUM ('cash', 'escrow', 'seller', 'commission', 'tax', 'refunding', 'paying_out');

-- CreateEnum
CREATE TYPE "entry_kind" AS ENUM ('sale', 'settlement', 'refund', 'refund_paid', 'refund_failed', 'payout', 'payout_paid', 'payout_failed');

-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "commission_cents" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "seller_order" ADD COLUMN     "commission_cents" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" "account_kind" NOT NULL,
    "owner_id" UUID,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_balance" (
    "account_id" UUID NOT NULL,
    "balance_cents" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_balance_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "id" UUID NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posting" (
    "entry_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "source_id" UUID,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("entry_id","number")
);

-- CreateTable
CREATE TABLE "commission_rule" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "position" INTEGER NOT NULL,
    "category_slug" TEXT,
    "seller_id" UUID,
    "fee_bps" INTEGER NOT NULL,
    "fixed_cents" BIGINT NOT NULL DEFAULT 0,
    "floor_cents" BIGINT,
    "cap_cents" BIGINT,

    CONSTRAINT "commission_rule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "journal_entry_kind_subject_id_key" ON "journal_entry"("kind", "subject_id");

-- CreateIndex
CREATE INDEX "posting_account_id_entry_id_idx" ON "posting"("account_id", "entry_id");

-- CreateIndex
CREATE INDEX "posting_source_id_idx" ON "posting"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "commission_rule_position_key" ON "commission_rule"("position");

-- AddForeignKey
ALTER TABLE "account_balance" ADD CONSTRAINT "account_balance_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "journal_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commission_rule" ADD CONSTRAINT "commission_rule_category_slug_fkey" FOREIGN KEY ("category_slug") REFERENCES "category"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commission_rule" ADD CONSTRAINT "commission_rule_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say. The database is the last guard.

alter table "account"
  add constraint "account_kind_owner_id_currency_key" unique nulls not distinct (kind, owner_id, currency),
  add constraint "account_owner_check" check ((kind = 'seller') = (owner_id is not null));
alter table "posting" add constraint "posting_amount_check" check (amount_cents <> 0);
alter table "order_line" add constraint "order_line_commission_check" check (commission_cents between 0 and total_cents);
alter table "seller_order" add constraint "seller_order_commission_check" check (commission_cents between 0 and total_cents);
alter table "commission_rule"
  add constraint "commission_rule_scope_check" check (category_slug is null or seller_id is null),
  add constraint "commission_rule_fee_check" check (fee_bps between 0 and 10000 and fixed_cents >= 0),
  add constraint "commission_rule_bounds_check" check (floor_cents >= 0 and cap_cents >= coalesce(floor_cents, 0));

-- At COMMIT every entry that was written sums to nothing in each currency, or nothing of the transaction stands.
create function "require_zero_sum"() returns trigger language plpgsql as $$
begin
  if exists (
    select 1
    from posting
    join account on account.id = posting.account_id
    where posting.entry_id = new.entry_id
    group by account.currency
    having sum(posting.amount_cents) <> 0
  ) then
    raise exception 'Journal entry % does not sum to nothing.', new.entry_id
      using errcode = 'check_violation', constraint = 'posting_zero_sum';
  end if;
  return null;
end $$;
create constraint trigger "posting_zero_sum" after insert on "posting"
  deferrable initially deferred for each row execute function "require_zero_sum"();

create function "require_postings"() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from posting where entry_id = new.id) then
    raise exception 'Journal entry % has no postings.', new.id
      using errcode = 'check_violation', constraint = 'journal_entry_postings';
  end if;
  return null;
end $$;
create constraint trigger "journal_entry_postings" after insert on "journal_entry"
  deferrable initially deferred for each row execute function "require_postings"();

-- What was written stands; a mistake is put right by another entry.
create function "refuse_change"() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is only added to.' using errcode = 'insufficient_privilege';
end $$;
create trigger "posting_append_only" before update or delete or truncate on "posting"
  for each statement execute function "refuse_change"();
create trigger "journal_entry_append_only" before update or delete or truncate on "journal_entry"
  for each statement execute function "refuse_change"();
create trigger "account_append_only" before update or delete or truncate on "account"
  for each statement execute function "refuse_change"();

-- The market's own accounts; a seller's is opened by the first money that comes to it.
insert into account (kind, currency)
select kind, 'EUR'
from unnest(array['cash', 'escrow', 'commission', 'tax', 'refunding', 'paying_out']::account_kind[]) as made (kind);

-- A market charges something; the operator says what.
insert into commission_rule (position, fee_bps) values (1, 500);

-- What was sold before there was a ledger. No commission was agreed on then, so none is taken.
insert into journal_entry (id, kind, subject_id, created_at)
select uuidv7(), 'sale', id, paid_at
from "order"
where status = 'paid' and total_cents > 0;

insert into posting (entry_id, number, account_id, amount_cents, source_id)
select entry.id, part.number, account.id, part.amount_cents, part.source_id
from journal_entry as entry
cross join lateral (
  select 0 as number, 'cash'::account_kind as kind, -total_cents as amount_cents, null::uuid as source_id
  from "order"
  where id = entry.subject_id
  union all
  select row_number() over (order by id), 'escrow', total_cents, id
  from seller_order
  where order_id = entry.subject_id and total_cents > 0
) as part
join account on account.kind = part.kind;
