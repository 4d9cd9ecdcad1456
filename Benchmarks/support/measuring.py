"""Runs processes and says what they took: seconds, processor seconds, peak memory."""
import os, shutil, subprocess, sys, tempfile, threading
from dataclasses import dataclass

WATCH_SECONDS = 0.05
LAUNCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launch.py")


class Failed(Exception):
    """A command failed; the text is for people."""


@dataclass
class Run:
    """What one process took. `peak` is in MB (10^6 bytes), of the process or of what was watched."""
    seconds: float
    processor: float
    peak: float
    output: str


def say(text):
    """Progress, for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def run(command, ok=(0,), watch=None, **more):
    """Runs a process to its end, after everything that others wrote is on the disk.

    `watch` gives the memory in MB of other processes that do the work, such as a server's: then the peak is of them and
    of this process together."""
    os.sync()
    report, told = os.pipe()
    launch = [sys.executable, "-I", "-S", LAUNCH, told, *command]
    with tempfile.TemporaryFile() as errors, os.fdopen(report) as report:
        process = subprocess.Popen([str(word) for word in launch], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=errors, pass_fds=[told], **more)
        os.close(told)
        watched = _Watch(watch) if watch else None
        output = process.communicate()[0].decode()
        watched_peak = watched.peak() if watched else 0
        if process.returncode not in ok:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()[-2000:]
            raise Failed(f"{' '.join(map(str, command))[:200]} ended with {process.returncode}: {said}")
        seconds, processor, peak = map(float, report.read().split())
    return Run(seconds, processor, peak * 1024 / 1e6 + watched_peak, output)


class _Watch:
    """Asks again and again how much memory there is in use, until asked for the most."""

    def __init__(self, measure):
        self._measure, self._most, self._ended = measure, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self):
        while not self._ended.wait(WATCH_SECONDS): self._most = max(self._most, self._measure())

    def peak(self):
        self._ended.set()
        self._thread.join()
        return self._most


def processes_of(parent):
    """The process and all that it started, directly or not."""
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file: told = file.read()
        except OSError: continue  # it ended meanwhile
        children.setdefault(int(told.rsplit(")", 1)[1].split()[1]), []).append(int(name))
    found = [parent]
    for process in found: found += children.get(process, [])
    return found


def memory_of(processes):
    """MB in use: what each has for itself, and of what they share as much as the one that has touched the most."""
    own, shared = 0, 0
    for process in processes:
        try:
            with open(f"/proc/{process}/status") as file:
                told = dict(line.split(":", 1) for line in file if line.startswith("Rss"))
        except OSError: continue
        kibibytes = {name: int(value.split()[0]) for name, value in told.items()}
        own += kibibytes.get("RssAnon", 0)
        shared = max(shared, kibibytes.get("RssShmem", 0) + kibibytes.get("RssFile", 0))
    return (own + shared) * 1024 / 1e6


def processor_of(processes):
    """Processor seconds so far, those of ended children included."""
    ticks = 0
    for process in processes:
        try:
            with open(f"/proc/{process}/stat") as file: ticks += sum(map(int, file.read().rsplit(")", 1)[1].split()[11:15]))
        except OSError: continue
    return ticks / os.sysconf("SC_CLK_TCK")


def megabytes(*paths):
    """What files and folders take on the disk, in MB; lock files and what is not there count nothing."""
    return sum(_bytes(path) for path in paths) / 1e6


def _bytes(path):
    if os.path.isfile(path): return 0 if path.endswith("-lock") else os.stat(path).st_blocks * 512
    return sum(_bytes(os.path.join(path, name)) for name in os.listdir(path)) if os.path.isdir(path) else 0


def remove(*paths):
    for path in paths:
        if os.path.isdir(path): shutil.rmtree(path)
        elif os.path.exists(path): os.remove(path)
