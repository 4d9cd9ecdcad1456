"""SQLite, as Python brings it: one table of documents, people by union-find in Python."""
import json, os, shutil, sqlite3, sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from support.answers import IDENTIFIERS, NOBODY, ZONE_MILLISECONDS
from support.measuring import run
from support.rival import Scripted, print_answers, print_warm

COMMIT_LINES = 32_768
# Commits are durable; it may use as much memory as a rebuild of Hoso.
SETTINGS = ("journal_mode = wal", "synchronous = full", "cache_size = -1000000", "temp_store = memory",
            "wal_autocheckpoint = 65536")
SCHEMA = """create table if not exists events (position integer primary key, source text not null, id text not null,
    type text not null, time text not null, ids text, document text not null, unique (source, id))"""
# Reading the document in SQL is faster than json.loads and handing its parts over (1.5 s instead of 2.2 s).
INSERT = """insert or ignore into events (source, id, type, time, ids, document)
    select line->>'source', line->>'id', line->>'type', line->>'time', line->'ids', line from (select ?1 as line)"""

WORDS = ", ".join(f"'{word}'" for word in NOBODY)
BARE = "replace(replace(replace(replace(replace(replace(said, ' ', ''), '.', ''), '(', ''), ')', ''), '/', ''), '-', '')"
# Simulated fractions of a second have three digits. (What strftime makes of them is cut off and may be one too few.)
MILLISECONDS = "unixepoch(time) * 1000 + iif(substr(time, 20, 1) = '.', cast(substr(time, 21, 3) as integer), 0)"

# Each is a table. `anchors` has the strongest identifier of an event; what the event says is summed up there first.
FACTS = {
    "kinds": "select value as kind, key + 1 as rank from json_each(:kinds)",
    "said": "select position, rank, kind, value from events, json_each(ids) join kinds on kind = key where ids is not null",
    # Each spelling is brought to its form once.
    "spelt": "select distinct kind, value as written from said",
    "bare": f"""select kind, written, said, {BARE} as bare from (select *, trim(written) as said from spelt)
        where lower(said) not in ({WORDS}) and trim(said, '0-') <> ''""",
    "formed": """select kind, written, case kind when 'email' then lower(said)
        when 'phone' then '+84' || substr(bare, case when bare glob '+84*' then 4 when bare glob '84*' then 3
            when bare glob '0*' then 2 else 1000 end) else said end as value from bare""",
    "forms": """select kind, written, kind || ':' || value as name from formed
        where case kind when 'email' then value glob '?*@?*' and not value glob '*@*@*' and not value glob '* *'
            when 'phone' then length(value) = 12 and not substr(value, 2) glob '*[^0-9]*' else true end""",
    "nodes": "select row_number() over (order by name) as node, name from (select distinct name from forms)",
    "spellings": "select kind, written, node from forms join nodes using (name)",
    "numbered": "select position, rank, node from said join spellings on spellings.kind = said.kind and written = value",
    "anchors": "select position, node as anchor, min(rank) from numbered group by position",
    "links": "select distinct anchor, node from numbered join anchors using (position) where node <> anchor",
}
INDICES = {"nodes": "create unique index temp.by_name on nodes (name)",
           "spellings": "create unique index temp.by_written on spellings (written, kind, node)",
           "anchors": "create unique index temp.by_position on anchors (position, anchor)"}
# What is said of a person, once `label` has the least node of everybody's.
SUMS = {
    "seen": f"""select least as person, count(*) as events, min(at) as first_seen, max(at) as last_seen
        from (select least, {MILLISECONDS} as at from events join anchors using (position) join label on node = anchor)
        group by least""",
    "gone": """select document->>'$.data.order_id' as order_id, coalesce(sum(document->>'$.data.amount'), 0) as refunded,
        max(type <> 'order.refunded') as whole from events
        where type in ('order.cancelled', 'order.returned', 'order.refunded') group by 1""",
    "kept": f"""select order_id, person, placed, max(total - coalesce(refunded, 0), 0) as net
        from (select document->>'$.data.order_id' as order_id, document->>'$.data.total' as total, {MILLISECONDS} as placed,
            least as person from events left join anchors using (position) left join label on node = anchor
            where type = 'order.placed') left join gone using (order_id)
        where not coalesce(whole, 0) and not (total > 0 and coalesce(refunded, 0) >= total)""",
    "buyers": f"""select person, count(*) as orders, sum(net) as net, min(placed) as first_order, max(placed) as last_order,
        -((max(placed) + {ZONE_MILLISECONDS}) / 86400000) as age from kept where person is not null group by person""",
    "ranked": """select age, orders, net, count(*) over () as everybody, row_number() over (order by age) as by_age,
        row_number() over (order by orders) as by_orders, row_number() over (order by net) as by_net from buyers""",
    "cuts": """select (select age from ranked where by_age = place) as age,
        (select orders from ranked where by_orders = place) as orders, (select net from ranked where by_net = place) as net
        from (select (everybody * fifth.value + 4) / 5 as place
            from (select everybody from ranked limit 1), json_each('[1, 2, 3, 4]') as fifth)""",
    "scores": """select person, 5 - (select count(*) from cuts where buyers.age > cuts.age) as r,
        1 + (select count(*) from cuts where buyers.orders > cuts.orders) as f,
        1 + (select count(*) from cuts where buyers.net > cuts.net) as m from buyers""",
}
PEOPLE = """select person, coalesce(events, 0) as events, first_seen, last_seen, coalesce(orders, 0) as orders,
    coalesce(net, 0) as net, first_order, last_order, r, f, m from (select distinct least as person from label)
    left join seen using (person) left join buyers using (person) left join scores using (person)"""
MODELS = {
    "people": ("create table people (person integer primary key, events, first_seen, last_seen, orders, net, first_order, "
               "last_order, r, f, m)", PEOPLE),
    "identifiers": ("create table identifiers (name text primary key, person integer) without rowid",
                    "select name, least from nodes join label using (node) order by name"),
    "orders": ("create table orders (order_id text, person integer, placed integer, net integer)", "select * from kept"),
}
SHOW = "select people.* from identifiers join people using (person) where name = ?"
TOP = "select * from people order by net desc, person limit 20"


def connect(base):
    connection = sqlite3.connect(base, isolation_level=None)
    for setting in SETTINGS: connection.execute(f"pragma {setting}")
    return connection


def ingest(base, events):
    connection = connect(base)
    connection.execute(SCHEMA)
    with open(events, encoding="utf-8") as lines:
        while True:
            batch = [(line.rstrip("\n"),) for _, line in zip(range(COMMIT_LINES), lines)]
            if not batch: break
            connection.execute("begin")
            connection.executemany(INSERT, batch)
            connection.execute("commit")
    connection.close()


def rebuild(base):
    connection = connect(base)
    table(connection, FACTS)
    group(connection)
    table(connection, SUMS)
    connection.execute("begin")
    for name, (form, rows) in MODELS.items():
        connection.execute(f"drop table if exists {name}")
        connection.execute(form)
        connection.execute(f"insert into {name} {rows}")
    connection.execute("commit")
    connection.close()


def table(connection, queries):
    kinds = json.dumps(IDENTIFIERS)
    for name, query in queries.items():
        connection.execute(f"create temp table {name} as {query.replace(':kinds', repr(kinds))}")
        if name in INDICES: connection.execute(INDICES[name])


def group(connection):
    """People by union-find here, which is faster than spreading labels in SQL (0.9 s instead of 4.3 s)."""
    least = list(range(connection.execute("select count(*) + 1 from nodes").fetchone()[0]))

    def root(node):
        while least[node] != node: least[node] = node = least[least[node]]
        return node

    for one, other in connection.execute("select anchor, node from links"):
        one, other = root(one), root(other)
        least[max(one, other)] = min(one, other)
    connection.execute("create temp table label (node integer primary key, least integer)")
    connection.execute("begin")
    connection.executemany("insert into label values (?, ?)", ((node, root(node)) for node in range(1, len(least))))
    connection.execute("commit")


def answers(base):
    connection = connect(base)
    one = lambda query: connection.execute(query).fetchone()
    print_answers(*one("select count(*) from events"), *one("select count(*) from identifiers"),
                  *one("select count(*), sum(net) from orders"), (row[1:] for row in connection.execute("select * from people")))


def asking(base, question, who):
    connection = connect(base)
    if question == "show": return lambda: connection.execute(SHOW, [who]).fetchall()
    return lambda: connection.execute(TOP).fetchall()


def warm(base, question, who): print_warm(asking(base, question, who))


def cold(base, question, who): print(asking(base, question, who)())


class SQLite(Scripted):
    name, files = "SQLite", ("", "-wal", "-shm")
    notes = "as a cold process it is its own command-line program where there is one, else the Python interpreter"
    version = f"SQLite {sqlite3.sqlite_version}"

    def cold(self, question, who):
        if not shutil.which("sqlite3"): return super().cold(question, who)
        query = SHOW.replace("?", "'" + who.replace("'", "''") + "'") if question == "show" else TOP
        return run(["sqlite3", "-readonly", self.base, query])


if __name__ == "__main__": globals()[sys.argv[1]](*sys.argv[2:])
