"""The program that is measured, and the events that it is measured with."""
import os, subprocess

from support.measuring import Failed, say

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = ["swift", "build", "-c", "release", "--product", "hoso", "--static-swift-stdlib", "--scratch-path", ".build-static"]


def program():
    """The release program: $HOSO_BINARY, or built here."""
    given = os.environ.get("HOSO_BINARY")
    if given: return os.path.abspath(given)
    say("Building (a few minutes the first time) ...")
    told = subprocess.run(BUILD, cwd=ROOT, capture_output=True, text=True)
    if told.returncode: raise Failed(f"the program cannot be built:\n{(told.stdout + told.stderr)[-4000:]}")
    place = subprocess.run([*BUILD, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    return f"{place}/hoso"


def simulate(hoso, path, customers, repeats, seed=11):
    """Writes a shop's events, one of fifty twice, and gives their number. Whatever is there is taken as it is."""
    words = ["--customers", str(customers), "--days", "300", "--seed", str(seed), "--repeats", str(repeats)]
    if not os.path.exists(path):
        with open(path + ".part", "wb") as out: subprocess.run([hoso, "simulate", *words], stdout=out, check=True)
        os.chmod(path + ".part", 0o644)  # a server that runs as another user reads it
        os.rename(path + ".part", path)
    with open(path, "rb") as file: return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b"")), words
