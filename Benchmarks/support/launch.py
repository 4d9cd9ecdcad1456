"""Runs a command and writes what it took to a file descriptor: launch.py FD COMMAND...

A process counts the memory of whoever started it as its own peak until it has become another program. So what is measured
is started by this small one.
"""
import os, sys, time

report, *command = sys.argv[1:]
start = time.monotonic()
process = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(process, 0)
seconds = time.monotonic() - start
os.write(int(report), b"%.6f %.6f %d" % (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)
