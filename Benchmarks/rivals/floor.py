"""The C++ floor: what the job costs with nothing around it, in three ways of finding duplicates."""
import os

from support.measuring import Failed, megabytes, remove, run
from support.rival import installed, read_answers

HERE = os.path.dirname(os.path.abspath(__file__))
# For other processors than this one it would be built again.
BUILD = ["c++", "-std=c++17", "-O3", "-march=native", f"{HERE}/floor.cpp"]
LIBRARIES = ["-lsimdjson", "-llmdb", "-lzstd", "-lxxhash"]
LABELS = {"none": "C++ floor, duplicates kept", "memory": "C++ floor, index in memory", "tree": "C++ floor, index on disk"}
NOTES = {"none": "one thread, as all three are; drops nothing, so its log is no answer to compare",
         "memory": "a set of hashes that grows with the log",
         "tree": "hashes in an LMDB tree, put in order for each commit"}


class Floor:
    questions, built = (), False

    def __init__(self, work, index):
        self.index, self.name, self.notes = index, LABELS[index], NOTES[index]
        self.log, self.people, self.program = f"{work}/floor-{index}", f"{work}/floor-{index}-people", f"{work}/floor"

    def missing(self):
        try:
            if not Floor.built: run([*BUILD, "-o", self.program, *LIBRARIES])
            Floor.built = True
            self.version = run(["c++", "--version"]).output.split("\n")[0]
        except (Failed, OSError) as error:
            return installed("packages.log", f"it cannot be built: {error}")

    def stop(self): pass

    def ingest(self, events):
        remove(self.log, self.people)
        return run([self.program, "ingest", self.index, events, self.log])

    def rebuild(self):
        """Folds the log. It would be the same work on that of another index, and one with duplicates is no answer."""
        return run([self.program, "fold", self.log, self.people]) if self.index == "memory" else None

    def size(self): return megabytes(self.log, self.people)

    def answers(self):
        return read_answers(run([self.program, "answers", self.people]).output) if self.index == "memory" else None
