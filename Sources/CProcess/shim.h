#pragma once
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/// The environment of the process, which Swift does not let through as it is a global that changes.
extern char **__environ;
static inline char **hoso_environment(void) { return __environ; }

/// Lets the system kill this process when the one that started it ends. Returns 0, or -1 with errno.
static inline int hoso_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }
