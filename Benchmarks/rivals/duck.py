"""DuckDB: one columnar table of events, people by labels that spread along identifiers."""
import os, sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from support.answers import IDENTIFIERS, NOBODY, ZONE_MILLISECONDS
from support.measuring import run
from support.rival import Scripted, installed, print_answers, print_warm

# All that an event has, in columns of its own; `data` stays a document.
COLUMNS = {"source": "VARCHAR", "id": "VARCHAR", "type": "VARCHAR", "version": "INTEGER", "time": "TIMESTAMPTZ",
           "channel": "VARCHAR", "store": "VARCHAR", "backfill": "BOOLEAN",
           "ids": "STRUCT(" + ", ".join(f"{name} VARCHAR" for name in IDENTIFIERS) + ")", "data": "JSON"}

WORDS = ", ".join(f"'{word}'" for word in NOBODY)
# One form for all spellings, and whether that is an address or a number at all.
FORMS = {"email": "lower(said)",
         "phone": r"regexp_replace(regexp_replace(said, '[ .()/-]', '', 'g'), '^(0|\+?84)', '+84')"}
VALID = {"email": r"regexp_full_match(value, '[^@ ]+@[^@ ]+')", "phone": r"regexp_full_match(value, '\+84[0-9]{9}')"}


def mentions():
    """A row for each identifier of each event: `rank` 1 is the strongest."""
    parts = (f"""select position, {rank} as rank, '{name}:' || value as name from (
        select position, {FORMS.get(name, 'said')} as value from (
            select rowid as position, trim(ids.{name}) as said from events where ids.{name} is not null)
        where lower(said) not in ({WORDS}) and not regexp_full_match(said, '[0-]*')) where {VALID.get(name, 'true')}"""
             for rank, name in enumerate(IDENTIFIERS, 1))
    return " union all ".join(parts)


# Each is a table. `anchors` has the strongest identifier of an event; what the event says is summed up there first.
FACTS = {
    "mentions": mentions(),
    "nodes": "select row_number() over () as node, name from (select distinct name from mentions)",
    "numbered": "select position, rank, node from mentions join nodes using (name)",
    "anchors": "select position, arg_min(node, rank) as anchor from numbered group by position",
    "links": "select distinct anchor, node from numbered join anchors using (position) where node <> anchor",
    "label": "select node, node as least from nodes",
}
# What is said of a person, once `label` has the least node of everybody's.
SUMS = {
    "seen": """select least as person, count(*) as events, min(epoch_ms(time)) as first_seen,
        max(epoch_ms(time)) as last_seen
        from events join anchors on events.rowid = position join label on node = anchor group by least""",
    "gone": """select data->>'order_id' as order_id, coalesce(sum((data->>'amount')::bigint), 0) as refunded,
        bool_or(type <> 'order.refunded') as whole from events
        where type in ('order.cancelled', 'order.returned', 'order.refunded') group by 1""",
    "placed": """select data->>'order_id' as order_id, (data->>'total')::bigint as total, epoch_ms(time) as placed,
        least as person from events left join anchors on events.rowid = position left join label on node = anchor
        where type = 'order.placed'""",
    "kept": """select order_id, person, placed, greatest(total - coalesce(refunded, 0), 0) as net
        from placed left join gone using (order_id)
        where not coalesce(whole, false) and not (total > 0 and coalesce(refunded, 0) >= total)""",
    "buyers": f"""select person, count(*) as orders, sum(net) as net, min(placed) as first_order, max(placed) as last_order,
        (max(placed) + {ZONE_MILLISECONDS}) // 86400000 as day from kept where person is not null group by person""",
    "cuts": """select quantile_disc(-day, [0.2, 0.4, 0.6, 0.8]) as r, quantile_disc(orders, [0.2, 0.4, 0.6, 0.8]) as f,
        quantile_disc(net, [0.2, 0.4, 0.6, 0.8]) as m from buyers""",
    "scores": """select person, 5 - len(list_filter(cuts.r, lambda cut: -day > cut)) as r,
        1 + len(list_filter(cuts.f, lambda cut: orders > cut)) as f, 1 + len(list_filter(cuts.m, lambda cut: net > cut)) as m
        from buyers, cuts""",
}
PEOPLE = """select person, coalesce(events, 0) as events, first_seen, last_seen, coalesce(orders, 0) as orders,
    coalesce(net, 0) as net, first_order, last_order, r, f, m
    from (select distinct least as person from label) left join seen using (person) left join buyers using (person)
    left join scores using (person)"""
SHOW = "select people.* from identifiers join people using (person) where name = ?"
TOP = "select * from people order by net desc, person limit 20"


# Nothing is loaded for a single question but what it needs.
COLD = "import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).execute(*eval(sys.argv[2])).fetchall())"


def connect(base):
    import duckdb
    connection = duckdb.connect(base)
    connection.execute("set enable_progress_bar = false")
    return connection


def ingest(base, events):
    """Duplicates are looked for by joining, which is faster here than a primary key (5.2 s instead of 8.4 s)."""
    connection = connect(base)
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"create table if not exists events ({columns})")
    kinds = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
    read = f"read_json('{events}', format = 'newline_delimited', columns = {{{kinds}}})"
    connection.execute(f"create temp table incoming as from {read}")
    connection.execute("""insert into events from incoming where rowid in
        (select min(rowid) from incoming anti join events using (source, id) group by source, id)""")
    connection.execute("checkpoint")


def rebuild(base):
    connection = connect(base)
    for name, query in FACTS.items(): connection.execute(f"create temp table {name} as {query}")
    spread(connection)
    for name, query in SUMS.items(): connection.execute(f"create temp table {name} as {query}")
    connection.execute(f"create or replace table people as {PEOPLE}")
    connection.execute("create or replace table orders as from kept")
    connection.execute("""create or replace table identifiers as
        select name, least as person from label join nodes using (node) order by name""")
    connection.execute("checkpoint")


def spread(connection):
    """Everybody takes the least label of those they are linked with, until nobody changes."""
    both = "select anchor as a, node as b from links union all select node, anchor from links"
    connection.execute(f"create temp table neighbours as {both}")
    changed = 1
    while changed:
        connection.execute("""create or replace temp table lower as select a as node, min(least) as least
            from neighbours join label on b = node group by a""")
        changed = connection.execute("""update label set least = lower.least from lower
            where lower.node = label.node and lower.least < label.least""").fetchone()[0]


def answers(base):
    connection = connect(base)
    one = lambda query: connection.execute(query).fetchone()
    print_answers(*one("select count(*) from events"), *one("select count(*) from identifiers"),
                  *one("select count(*), sum(net)::bigint from orders"),
                  connection.execute("select * exclude (person) from people").fetchall())


def asking(base, question, who):
    connection = connect(base)
    if question == "show": return lambda: connection.execute(SHOW, [who]).fetchall()
    return lambda: connection.execute(TOP).fetchall()


def warm(base, question, who): print_warm(asking(base, question, who))


class DuckDB(Scripted):
    name, files = "DuckDB", ("", ".wal")
    notes = "as a cold process it is the Python interpreter that loads DuckDB's library"

    def missing(self):
        try:
            import duckdb
            self.version = f"DuckDB {duckdb.__version__}"
        except ImportError as error:
            return installed("duckdb.log", str(error))

    def cold(self, question, who):
        return run([sys.executable, "-c", COLD, self.base, repr((SHOW, [who]) if question == "show" else (TOP,))])


if __name__ == "__main__": globals()[sys.argv[1]](*sys.argv[2:])
