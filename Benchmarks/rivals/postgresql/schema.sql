create table events (
  position bigint generated always as identity primary key,
  source text not null,
  id text not null,
  type text not null,
  happened timestamptz not null,
  document jsonb not null,
  unique (source, id)
);
