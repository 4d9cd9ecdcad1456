"""PostgreSQL: a cluster of its own in a temporary directory, one table of jsonb documents, jobs in SQL."""
import glob, os, pwd, re, statistics, subprocess
from dataclasses import replace

from support.machine import memory
from support.measuring import Failed, memory_of, processes_of, processor_of, remove, run
from support.rival import WARM_RUNS, installed, read_answers

HERE = f"{os.path.dirname(os.path.abspath(__file__))}/postgresql"
# Commits are durable, as they are by default. A quarter of the memory for its cache is what its manual advises.
SETTINGS = {"shared_buffers": f"{min(2048, int(memory() * 256))}MB", "work_mem": "256MB", "maintenance_work_mem": "512MB",
            "temp_buffers": "512MB", "max_wal_size": "8GB", "wal_level": "minimal", "max_wal_senders": "0",
            "listen_addresses": "''"}


class PostgreSQL:
    name = "PostgreSQL"
    notes = ("its server is running already; memory is that of all its processes, what they share counted once, looked at "
             "twenty times a second; the write-ahead log is not counted as disk; a cold process is `psql`")

    def __init__(self, work):
        self.home, self.server = f"{work}/postgresql", None
        # The server refuses to run as root.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}

    def missing(self):
        found = glob.glob("/usr/lib/postgresql/*/bin/initdb") + glob.glob("/usr/bin/initdb")
        if not found: return installed("packages.log", "there is no initdb here")
        newest = max(found, key=lambda path: [int(number) for number in re.findall(r"\d+", path)])
        self.programs = os.path.dirname(newest)
        try:
            if self.user: pwd.getpwnam("postgres")
            self.start()
            self.version = "PostgreSQL " + self.psql("-Atc", "show server_version").output.split()[0]
        except (Failed, KeyError, OSError) as error:
            self.stop()
            return f"its server does not start: {error}"

    def program(self, *words):
        told = subprocess.run([f"{self.programs}/{words[0]}", *words[1:]], cwd=self.home, env=os.environ | {"LC_ALL": "C"},
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **self.user)
        if told.returncode: raise Failed(f"{words[0]} ended with {told.returncode}: {told.stderr.strip()[-1000:]}")

    def psql(self, *words, **more):
        begin = [f"{self.programs}/psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.home, "-U", "bench", "postgres"]
        return run([*begin, *words], **more)

    def start(self):
        remove(self.home)
        os.makedirs(self.home, 0o700)
        if self.user:
            account = pwd.getpwnam("postgres")
            os.chown(self.home, account.pw_uid, account.pw_gid)
        self.program("initdb", "-D", "data", "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C")
        with open(f"{self.home}/data/postgresql.conf", "a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.home}'\n")
        self.program("pg_ctl", "-D", "data", "-l", "log", "-w", "start")
        with open(f"{self.home}/data/postmaster.pid") as file: self.server = int(file.readline())

    def stop(self):
        if self.server: self.program("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        self.server = None
        remove(self.home)

    def job(self, name, *words):
        """What it takes is the server's, too."""
        used = processor_of(processes_of(self.server))
        told = self.psql("-f", f"{HERE}/{name}.sql", *words, watch=lambda: memory_of(processes_of(self.server)))
        return replace(told, processor=told.processor + processor_of(processes_of(self.server)) - used)

    def ingest(self, events):
        self.psql("-c", "drop table if exists events, people, identifiers, orders", "-c", "checkpoint")
        self.psql("-f", f"{HERE}/schema.sql")
        return self.job("ingest", "-v", f"events={events}")

    def rebuild(self): return self.job("rebuild")

    def size(self):
        """Of all tables with their indices, but not of the write-ahead log."""
        sizes = "select sum(pg_total_relation_size(oid)) from pg_class"
        return int(self.psql("-Atc", f"{sizes} where relkind = 'r' and relnamespace = 'public'::regnamespace").output) / 1e6

    def cold(self, question, who): return self.psql("-v", f"who={who}", "-f", f"{HERE}/{question}.sql")

    def warm(self, question, who):
        """Milliseconds, as psql sees them."""
        often = ["-f", f"{HERE}/{question}.sql"] * (WARM_RUNS + 1)
        told = self.psql("-v", f"who={who}", "-c", r"\timing on", *often).output
        return statistics.median([float(time) for time in re.findall(r"^Time: ([0-9.]+) ms", told, re.M)][1:])

    def answers(self): return read_answers(self.psql("-f", f"{HERE}/answers.sql").output)
