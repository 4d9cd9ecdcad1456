"""What the figures were measured on."""
import os, platform


def _first(path, begin, default):
    try:
        with open(path) as file:
            return next(line[len(begin):].strip(" \t:=\"\n") for line in file if line.startswith(begin))
    except (OSError, StopIteration):
        return default


def file_system(path):
    """The kind of file system that a path lies on, such as ext4."""
    path, best = os.path.realpath(path), ("", "unknown")
    with open("/proc/mounts") as file:
        for line in file:
            _, place, kind = line.split()[:3]
            inside = path == place or path.startswith(place.rstrip("/") + "/")
            if inside and len(place) >= len(best[0]): best = (place, kind)
    return best[1]


def memory():
    """GiB of RAM."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def describe(work):
    """One line: processor, cores, memory, kernel, system, file system."""
    processor = _first("/proc/cpuinfo", "model name", platform.machine())
    system = _first("/etc/os-release", "PRETTY_NAME", "Linux")
    disk = file_system(work)
    if disk in ("tmpfs", "ramfs"): disk += " (memory, on which durable commits cost nothing)"
    return (f"{processor}, {len(os.sched_getaffinity(0))} cores, {memory():.0f} GiB of memory, Linux {platform.release()}, "
            f"{system}, {disk}")
