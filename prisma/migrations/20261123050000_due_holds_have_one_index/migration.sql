-- Due holds of a variant have an index of their own, hold_variant_due_idx. While few were held this one looked as good to the
-- planner, which with it read every hold of the variant, and kept that plan. Asking for an address takes it out of the choice.
drop index "hold_source_idx";
create index "hold_source_idx" on "hold" (variant_id, source) where state = 'held' and source is not null;
