"""What a rival has to offer, and rivals that are Python files whose jobs run as processes of their own."""
import inspect, json, os, statistics, sys, time

from support.answers import Answers, people
from support.measuring import megabytes, remove, run

# Of a query on a connection that is open: how often it is asked.
WARM_RUNS = 51


class Scripted:
    """A rival whose file has the jobs `ingest BASE EVENTS`, `rebuild BASE`, `answers BASE`, `cold BASE QUESTION WHO` and
    `warm BASE QUESTION WHO`. A question is `show` (a person by an identifier) or `top` (twenty people by net value)."""
    name, notes, files = "", "", ("",)

    def __init__(self, work): self.base = f"{work}/{self.name.lower().replace(' ', '-')}.db"

    def missing(self):
        """Why this rival cannot take part; nothing if it can."""

    def start(self): pass

    def stop(self): pass

    def command(self, *job): return [sys.executable, inspect.getfile(type(self)), *job]

    def ingest(self, events):
        """Takes the events into a base that is not there yet."""
        remove(*(self.base + end for end in self.files))
        return run(self.command("ingest", self.base, events))

    def rebuild(self): return run(self.command("rebuild", self.base))

    def size(self): return megabytes(*(self.base + end for end in self.files))

    def cold(self, question, who): return run(self.command("cold", self.base, question, who))

    def warm(self, question, who):
        """Milliseconds on an open connection."""
        return float(run(self.command("warm", self.base, question, who)).output)

    def answers(self): return read_answers(run(self.command("answers", self.base)).output)


def read_answers(text):
    """Answers from a line of JSON (events, identifiers, orders, revenue) and a line for each person."""
    first, *rows = text.split("\n")
    return Answers(*json.loads(first), people(rows))


def print_answers(events, identifiers, orders, revenue, rows):
    print(json.dumps([events, identifiers, orders, revenue]))
    for row in rows: print(",".join("" if value is None else str(value) for value in row))


def print_warm(ask):
    """The median of asking, in milliseconds; the first time does not count."""
    times = []
    for _ in range(WARM_RUNS + 1):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    print(statistics.median(times[1:]))


def installed(log, default):
    """Why something was not installed: the last line of what the installation said."""
    path = os.path.join(os.environ.get("HOSO_BENCH_TOOLS", ""), log)
    try:
        with open(path) as file: said = [line.strip() for line in file if line.strip()]
        return f"{default}; tools/bench tried to install it: {said[-1]}" if said else default
    except OSError:
        return default
