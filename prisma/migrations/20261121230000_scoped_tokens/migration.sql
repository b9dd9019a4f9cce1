-- What a token may do. Those that are out there could do all that their member can, and still can.
alter table "api_token" add column "scopes" text[] not null default array['read', 'buy', 'sell', 'account', 'operate'];
alter table "api_token" alter column "scopes" drop default;
alter table "api_token" add constraint "api_token_scopes_check"
  check (cardinality(scopes) > 0 and scopes <@ array['read', 'buy', 'sell', 'account', 'operate']);
alter table "api_token" add column "last_used_at" timestamptz(3);

-- What an edit is held against.
alter table "seller" add column "revision" integer not null default 1;
alter table "seller" add column "shipping_revision" integer not null default 1;
