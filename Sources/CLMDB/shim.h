// The system's LMDB, version 0.9. Only the KeyValueStore target imports it.
#ifndef HOSO_CLMDB_SHIM_H
#define HOSO_CLMDB_SHIM_H

#include <lmdb.h>
// statfs(2), which Swift's Glibc module leaves out: it tells network file systems, where LMDB must not run.
#include <sys/statfs.h>

#endif
