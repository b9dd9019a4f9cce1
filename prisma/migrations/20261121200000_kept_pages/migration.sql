-- AlterTable
ALTER TABLE "product" ADD COLUMN     "edited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "edited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "product_edited_at_idx" ON "product"("edited_at");

-- CreateIndex
CREATE INDEX "seller_edited_at_idx" ON "seller"("edited_at");

-- By hand from here: what the schema language cannot say. The database is the last guard.

-- The moment of an edit on the database's own clock, whoever makes it: nodes look for what was edited a moment ago.
create function "note_edit"() returns trigger language plpgsql as $$
begin
  new.edited_at := clock_timestamp();
  return new;
end
$$;
create trigger "product_note_edit" before update on "product"
  for each row when (new.revision <> old.revision) execute function "note_edit"();
create trigger "seller_note_edit" before update on "seller"
  for each row when ((new.name, new.about, new.picture_id) is distinct from (old.name, old.about, old.picture_id))
  execute function "note_edit"();
