"""Hoso as it is measured: whole commands of the release program."""
import csv, json, os

from support.answers import IDENTIFIERS, Answers, milliseconds, people
from support.measuring import megabytes, remove, run

FIELDS = ("events", "first_seen", "last_seen", "orders.count", "orders.net", "orders.first", "orders.last",
          "rfm.r", "rfm.f", "rfm.m")
TIMES = {"first_seen", "last_seen", "orders.first", "orders.last"}
# Identifiers that come together belong together, and nothing else is asked: what rivals do. Hoso's rules are more careful.
FORMS = {"email": "email", "phone": "phone"}
PLAIN = "identity:\n  types:\n" + "".join(
    f"    - {{name: {name}, form: {FORMS.get(name, 'verbatim')}, links_max: 1000000}}\n" for name in IDENTIFIERS)


class Hoso:
    name, notes = "Hoso", "whole commands with the default configuration; nothing is running beforehand"

    def __init__(self, work, binary): self.binary, self.data = binary, f"{work}/hoso"

    def missing(self):
        self.version = self.command("--version").output.strip()

    def stop(self): pass

    def command(self, *words):
        """3 says that something went to the quarantine."""
        return run([self.binary, *words], ok=(0, 3), env=os.environ | {"HOSO_DATA": self.data})

    def ingest(self, events):
        remove(self.data)
        return self.command("ingest", "--no-project", events)

    def rebuild(self): return self.command("rebuild")

    def size(self): return megabytes(self.data)

    def sizes(self):
        """MB of the log and of the read models."""
        return megabytes(f"{self.data}/log.mdb"), megabytes(f"{self.data}/projections")

    def cold(self, question, who):
        words = ("show", who) if question == "show" else ("list", "--sort", "-orders.net", "--limit", "20")
        return self.command("profile", *words)

    def warm(self, question, who):
        """There is no server to be asked."""

    def somebody(self):
        """An identifier of the person who bought most."""
        best = ("--sort", "-orders.net", "--limit", "1", "--fields", "ids", "--format", "json")
        return json.loads(self.command("profile", "list", *best).output)[0]["ids"][0]

    def events(self): return json.loads(self.command("log", "info", "--format", "json").output)["events"]

    def people(self): return int(self.command("profile", "list", "--count").output)

    def answers(self):
        """By plain rules; the read models are grouped anew for that."""
        with open(f"{self.data}/hoso.yaml", "w") as file: file.write(PLAIN)
        self.command("project")
        listed = self.command("profile", "list", "--fields", ",".join(FIELDS), "--format", "csv").output
        table = csv.DictReader(listed.splitlines())
        rows = [",".join(str(self._cell(name, row[name])) for name in FIELDS) for row in table]
        orders = json.loads(self.command("order", "list", "--where", "counts", "--fields", "net", "--format", "json").output)
        identifiers = self.command("identity", "export", "--format", "csv").output.count("\n") - 1
        return Answers(self._kept(), identifiers, len(orders), sum(int(order["net"]) for order in orders), people(rows))

    def _cell(self, name, text):
        if name in TIMES: return milliseconds(text)
        return text.split()[0] if text else "0" if name == "orders.net" else ""

    def _kept(self):
        """Events in the log, and distinct ones in the quarantine, where those lie that name nobody."""
        lines = self.command("rejects", "export").output.splitlines()
        refused = {(event["source"], event["id"]) for event in map(json.loads, lines)}
        return self.events() + len(refused)
