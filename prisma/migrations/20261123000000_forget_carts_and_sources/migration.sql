-- Visitors' carts by age: the oldest are forgotten.
create index "cart_visitors_idx" on "cart" (created_at) where buyer_id is null;

-- The cap per address counts what is held; lines that hold nothing any more stay for long, and there are more and more of them.
drop index "hold_variant_id_source_idx";
create index "hold_source_idx" on "hold" (variant_id, source) where state = 'held';
update "hold" set source = null where state <> 'held' and source is not null;
