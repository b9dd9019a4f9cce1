-- By hand: both are trusted extensions, so owning the database is enough.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- CreateTable
CREATE TABLE "search_document" (
    "product_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "category_slug" TEXT NOT NULL,
    "condition" "condition" NOT NULL,
    "price_cents" BIGINT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("product_id")
);

-- CreateTable
CREATE TABLE "search_word" (
    "word" TEXT NOT NULL,

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);

-- CreateIndex
CREATE INDEX "search_document_published_at_product_id_idx" ON "search_document"("published_at" DESC, "product_id");

-- CreateIndex
CREATE INDEX "search_document_category_slug_published_at_product_id_idx" ON "search_document"("category_slug", "published_at" DESC, "product_id");

-- CreateIndex
CREATE INDEX "search_document_seller_id_published_at_product_id_idx" ON "search_document"("seller_id", "published_at" DESC, "product_id");

-- CreateIndex
CREATE INDEX "search_document_price_cents_product_id_idx" ON "search_document"("price_cents", "product_id");

-- CreateIndex
CREATE INDEX "search_document_words_idx" ON "search_document" USING GIN ("words") WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "search_word_word_idx" ON "search_word" USING GIN ("word" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "search_document" ADD CONSTRAINT "search_document_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say.

-- How texts become words to search by: without accents, by their English stem. And as people write them, for corrections.
create text search configuration "souk" (copy = pg_catalog.english);
alter text search configuration "souk" alter mapping for hword, hword_part, word with unaccent, english_stem;
create text search configuration "souk_plain" (copy = pg_catalog.simple);
alter text search configuration "souk_plain" alter mapping for hword, hword_part, word with unaccent, simple;

-- The part of a document that is not the product's own. It stands last, so that it can be exchanged without reading the rest.
create function "search_words_around"("shop_name" text, "shop_handle" text, "category_name" text) returns tsvector
language sql stable as $$
  select setweight(to_tsvector('souk', concat_ws(' ', shop_name, shop_handle, category_name)), 'C')
$$;

-- What search should know of some products: a row for each that is published.
create function "search_documents_of"("ids" uuid[]) returns setof "search_document" language sql stable as $$
  select product.id, product.seller_id, product.category_slug, product.condition, coalesce(price.cents, 0),
         coalesce(product.published_at, product.created_at),
         setweight(to_tsvector('souk', product.title), 'A')
           || setweight(to_tsvector('souk', coalesce(array_to_string(product.keywords, ' '), '')), 'B')
           || setweight(to_tsvector('souk', product.description), 'D')
           || search_words_around(seller.name, seller.handle, category.name)
  from product
  join seller on seller.id = product.seller_id
  join category on category.slug = product.category_slug
  left join lateral (
    select min(variant.price_cents) as cents
    from variant
    where variant.product_id = product.id
      and variant.retired_at is null
  ) as price on true
  where product.id = any(ids)
    and product.status = 'published'
$$;

-- Adds the words of some texts to those a mistyped word may have meant. In their order, so that two who add do not wait in a ring.
create function "add_search_words"("texts" text[]) returns void language sql as $$
  insert into search_word (word)
  select distinct lexeme
  from unnest(texts) as written, unnest(tsvector_to_array(to_tsvector('souk_plain', written))) as lexeme
  where lexeme ~ '^[[:alpha:]]{3,30}$'
    and not exists (select 1 from search_word as known where known.word = lexeme)
  order by lexeme
  on conflict do nothing
$$;

-- Makes the documents of some products what they should be. Whoever changes one waits at its row, and only then reads what it
-- is made of: a shop that is renamed at the same time is seen by the second of the two.
create function "write_search_documents"("ids" uuid[]) returns void language plpgsql as $$
begin
  perform from search_document where product_id = any(ids) order by product_id for update;
  delete from search_document
  where product_id = any(ids)
    and not exists (select 1 from product where product.id = search_document.product_id and product.status = 'published');
  insert into search_document
  select * from search_documents_of(ids)
  on conflict (product_id) do update
  set seller_id = excluded.seller_id, category_slug = excluded.category_slug, condition = excluded.condition,
      price_cents = excluded.price_cents, published_at = excluded.published_at, words = excluded.words;
  perform add_search_words(array_agg(concat_ws(' ', product.title, array_to_string(product.keywords, ' '), seller.name)))
  from product
  join seller on seller.id = product.seller_id
  where product.id = any(ids)
    and product.status = 'published';
end
$$;

create function "search_products_inserted"() returns trigger language plpgsql as $$
declare ids uuid[] := array(select id from inserted where status = 'published');
begin
  if cardinality(ids) > 0 then perform write_search_documents(ids); end if;
  return null;
end
$$;
create trigger "product_search_insert" after insert on "product" referencing new table as inserted
  for each statement execute function "search_products_inserted"();

-- A draft that stays one has no document, so most edits end here.
create function "search_products_updated"() returns trigger language plpgsql as $$
declare ids uuid[] := array(
  select after.id
  from after
  join before on before.id = after.id
  where (before.status = 'published' or after.status = 'published')
    and (before.status, before.title, before.description, before.category_slug, before.condition, before.keywords,
         before.seller_id, before.published_at)
      is distinct from (after.status, after.title, after.description, after.category_slug, after.condition, after.keywords,
         after.seller_id, after.published_at)
);
begin
  if cardinality(ids) > 0 then perform write_search_documents(ids); end if;
  return null;
end
$$;
create trigger "product_search_update" after update on "product" referencing old table as before new table as after
  for each statement execute function "search_products_updated"();

-- Whoever changes a version has locked its product, so one price is never written from two sides.
create function "search_variants_changed"() returns trigger language plpgsql as $$
begin
  update search_document
  set price_cents = price.cents
  from (
    select touched.product_id, coalesce(min(variant.price_cents) filter (where variant.retired_at is null), 0) as cents
    from (select distinct product_id from changed) as touched
    left join variant on variant.product_id = touched.product_id
    group by touched.product_id
  ) as price
  where search_document.product_id = price.product_id
    and search_document.price_cents <> price.cents;
  return null;
end
$$;
create trigger "variant_search_insert" after insert on "variant" referencing new table as changed
  for each statement execute function "search_variants_changed"();
create trigger "variant_search_update" after update on "variant" referencing new table as changed
  for each statement execute function "search_variants_changed"();
create trigger "variant_search_delete" after delete on "variant" referencing old table as changed
  for each statement execute function "search_variants_changed"();

-- A shop that is renamed touches all its products; their own words stay as they are and are not read again. A product that is
-- published meanwhile waits for the shop's row or comes before.
create function "search_seller_renamed"() returns trigger language plpgsql as $$
begin
  update search_document
  set words = ts_filter(words, '{a,b,d}') || search_words_around(new.name, new.handle, category.name)
  from category
  where search_document.seller_id = new.id
    and category.slug = search_document.category_slug;
  perform add_search_words(array[new.name]);
  return null;
end
$$;
create trigger "seller_search" after update on "seller"
  for each row when ((new.name, new.handle) is distinct from (old.name, old.handle))
  execute function "search_seller_renamed"();

-- Nothing in the market renames a category, an operator may. Publishing does not wait for the category's row: here it waits.
create function "search_category_renamed"() returns trigger language plpgsql as $$
begin
  lock table search_document in share row exclusive mode;
  update search_document
  set words = ts_filter(words, '{a,b,d}') || search_words_around(seller.name, seller.handle, new.name)
  from seller
  where search_document.category_slug = new.slug
    and seller.id = search_document.seller_id;
  return null;
end
$$;
create trigger "category_search" after update on "category"
  for each row when (new.name <> old.name) execute function "search_category_renamed"();

-- What was published before there was a search.
insert into "search_document" select * from "search_documents_of"(array(select "id" from "product" where "status" = 'published'));
select "add_search_words"(array(
  select concat_ws(' ', product.title, array_to_string(product.keywords, ' '), seller.name)
  from product
  join seller on seller.id = product.seller_id
  where product.status = 'published'
));
