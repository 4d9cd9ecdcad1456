-- Totals, then everybody, as support/answers.py has them.
\pset format unaligned
\pset tuples_only on
select format('[%s, %s, %s, %s]', (select count(*) from events), (select count(*) from identifiers), count(*), sum(net))
from orders;
copy (
  select events, round(extract(epoch from first_seen) * 1000), round(extract(epoch from last_seen) * 1000), orders, net,
    round(extract(epoch from first_order) * 1000), round(extract(epoch from last_order) * 1000), r, f, m
  from people) to stdout with (format csv);
