-- Read models from the events. What is only needed meanwhile lies in temporary tables.
begin;
drop table if exists people, identifiers, orders;

create temp table kinds on commit drop as
select kind, rank from unnest(array['customer_id', 'email', 'phone', 'loyalty_id', 'marketplace_id', 'social_id', 'anonymous_id'])
  with ordinality as known (kind, rank);

create temp table said on commit drop as
select position, rank, kind, value as written
from events, jsonb_each_text(document->'ids') as pair (kind, value) join kinds using (kind)
where document ? 'ids';

-- Each spelling is brought to its form once.
create temp table forms on commit drop as
with spelt as (select distinct kind, written from said),
named as (
  select kind, written, trim(written) as said from spelt
  where lower(trim(written)) not in ('', 'null', 'undefined', 'none', 'nan', 'n/a', 'unknown', 'anonymous', 'guest', 'test',
                                     'true', 'false', '[object object]', '-1')
    and trim(written) !~ '^[0-]*$'),
formed as (
  select kind, written, case kind when 'email' then lower(said)
    when 'phone' then regexp_replace(translate(said, ' .()/-', ''), '^(0|\+?84)', '+84') else said end as value from named)
select kind, written, kind || ':' || value as name from formed
where case kind when 'email' then value ~ '^[^@ ]+@[^@ ]+$' when 'phone' then value ~ '^\+84[0-9]{9}$' else true end;

create temp table nodes on commit drop as
select row_number() over () as node, name from (select distinct name from forms) as names;
analyze said, forms, nodes;

create temp table numbered on commit drop as
select position, rank, node from said join forms using (kind, written) join nodes using (name);

-- The strongest identifier of each event; what the event says is summed up there first.
create temp table anchors on commit drop as
select distinct on (position) position, node as anchor from numbered order by position, rank;
analyze numbered, anchors;

create temp table neighbours on commit drop as
with links as (select distinct anchor, node from numbered join anchors using (position) where node <> anchor)
select anchor as a, node as b from links union all select node, anchor from links;

-- Everybody takes the least label of those they are linked with, until nobody changes.
create temp table label on commit drop as select node, node as least from nodes;
create index on label (node);
analyze neighbours, label;
do $$
declare changed bigint := 1;
begin
  while changed > 0 loop
    update label set least = lower.least
    from (select a as node, min(least) as least from neighbours join label on node = b group by a) as lower
    where lower.node = label.node and lower.least < label.least;
    get diagnostics changed = row_count;
  end loop;
end $$;
analyze label;

create temp table gone on commit drop as
select document->'data'->>'order_id' as order_id, coalesce(sum((document->'data'->>'amount')::bigint), 0) as refunded,
  bool_or(type <> 'order.refunded') as whole
from events where type in ('order.cancelled', 'order.returned', 'order.refunded') group by 1;

create table orders as
select order_id, person, placed, greatest(total - coalesce(refunded, 0), 0)::bigint as net
from (select document->'data'->>'order_id' as order_id, (document->'data'->>'total')::bigint as total, happened as placed,
        least as person
      from events left join anchors using (position) left join label on node = anchor
      where type = 'order.placed') as placed
left join gone using (order_id)
where not coalesce(whole, false) and not (total > 0 and coalesce(refunded, 0) >= total);

create temp table buyers on commit drop as
select person, count(*) as orders, sum(net)::bigint as net, min(placed) as first_order, max(placed) as last_order,
  -((max(placed) at time zone 'Asia/Ho_Chi_Minh')::date - date '1970-01-01') as age
from orders where person is not null group by person;

create table people as
with cuts as (
  select percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by age) as r,
    percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by orders) as f,
    percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by net) as m from buyers),
scored as (
  select buyers.*, 5 - (select count(*) from unnest(cuts.r) as cut where age > cut) as r,
    1 + (select count(*) from unnest(cuts.f) as cut where orders > cut) as f,
    1 + (select count(*) from unnest(cuts.m) as cut where net > cut) as m from buyers, cuts),
seen as (
  select least as person, count(*) as events, min(happened) as first_seen, max(happened) as last_seen
  from events join anchors using (position) join label on node = anchor group by least)
select person, coalesce(events, 0) as events, first_seen, last_seen, coalesce(orders, 0) as orders, coalesce(net, 0) as net,
  first_order, last_order, r, f, m
from (select distinct least as person from label) as everybody left join seen using (person) left join scored using (person);
alter table people add primary key (person);

create table identifiers as select name, least as person from nodes join label using (node);
alter table identifiers add primary key (name);
commit;
analyze people, identifiers;
