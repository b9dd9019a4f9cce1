-- CreateEnum
CREATE TYPE "thumb" AS ENUM ('up', 'down');

-- CreateTable
CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "buyer_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "item_thumb" "thumb",
    "seller_thumb" "thumb",
    "text" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "edited_at" TIMESTAMPTZ(3),
    "answer" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "hidden_at" TIMESTAMPTZ(3),
    "hidden_reason" TEXT,
    "hidden_by_id" UUID,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seller_rating" (
    "seller_id" UUID NOT NULL,
    "up" INTEGER NOT NULL DEFAULT 0,
    "down" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "seller_rating_pkey" PRIMARY KEY ("seller_id")
);

-- CreateTable
CREATE TABLE "product_rating" (
    "product_id" UUID NOT NULL,
    "up" INTEGER NOT NULL DEFAULT 0,
    "down" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "product_rating_pkey" PRIMARY KEY ("product_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "review_line_id_key" ON "review"("line_id");

-- CreateIndex
CREATE INDEX "review_seller_id_id_idx" ON "review"("seller_id", "id" DESC);

-- CreateIndex
CREATE INDEX "review_seller_id_created_at_idx" ON "review"("seller_id", "created_at");

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "order_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_buyer_id_fkey" FOREIGN KEY ("buyer_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_hidden_by_id_fkey" FOREIGN KEY ("hidden_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seller_rating" ADD CONSTRAINT "seller_rating_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_rating" ADD CONSTRAINT "product_rating_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say. The database is the last guard.

alter table "review"
  add constraint "review_thumb_check" check (item_thumb is not null or seller_thumb is not null),
  add constraint "review_text_check" check (char_length(text) <= 2000),
  add constraint "review_answer_check" check ((answer is null) = (answered_at is null) and char_length(answer) between 1 and 2000),
  add constraint "review_hidden_check" check (
    (hidden_at is null) = (hidden_reason is null)
    and (hidden_at is null) = (hidden_by_id is null)
    and char_length(hidden_reason) between 1 and 500
  );
alter table "seller_rating"
  add constraint "seller_rating_count_check" check (up >= 0 and down >= 0 and version >= 0);
alter table "product_rating"
  add constraint "product_rating_count_check" check (up >= 0 and down >= 0 and version >= 0);

-- What a product's page lists.
create index "review_product_shown_idx" on "review" (product_id, id desc) where hidden_at is null and item_thumb is not null;

-- A review is of goods that its buyer received, and of nobody's own shop. What it is about never changes.
create function "check_review"() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1
    from order_line as line
    join seller_order as part on part.id = line.seller_order_id
    join "order" on "order".id = line.order_id
    join seller on seller.id = part.seller_id
    where line.id = new.line_id
      and line.product_id = new.product_id
      and part.seller_id = new.seller_id
      and part.delivered_at is not null
      and part.cancelled_at is null
      and "order".buyer_id = new.buyer_id
      and seller.user_id <> new.buyer_id
  ) then
    raise exception 'a review that is not of goods its buyer received'
      using errcode = 'check_violation', constraint = 'review_received_check', table = 'review';
  end if;
  return new;
end
$$;
create trigger "review_check" before insert on "review" for each row execute function "check_review"();
create function "check_review_kept"() returns trigger language plpgsql as $$
begin
  raise exception 'what a review is about does not change'
    using errcode = 'check_violation', constraint = 'review_kept_check', table = 'review';
end
$$;
create trigger "review_keep" before update on "review"
  for each row when (
    (new.id, new.line_id, new.buyer_id, new.seller_id, new.product_id, new.created_at)
    is distinct from (old.id, old.line_id, old.buyer_id, old.seller_id, old.product_id, old.created_at)
  )
  execute function "check_review_kept"();

-- What a shop's dashboard counts.
create index "review_unanswered_idx" on "review" (seller_id) where hidden_at is null and answer is null and text <> '';
