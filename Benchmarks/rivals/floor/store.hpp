// LMDB, zstd blocks and hashes for the floor: as little around the libraries as will do.
#pragma once
#include <lmdb.h>
#include <xxhash.h>
#include <zstd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <sys/stat.h>

[[noreturn]] inline void fail(const std::string &what) {
  std::fprintf(stderr, "floor: %s\n", what.c_str());
  std::exit(1);
}

inline void check(int code, const char *what) {
  if (code != MDB_SUCCESS) fail(std::string(what) + ": " + mdb_strerror(code));
}

inline size_t checked(size_t size) {
  if (ZSTD_isError(size)) fail(ZSTD_getErrorName(size));
  return size;
}

inline MDB_val value(const void *data, size_t size) { return {size, const_cast<void *>(data)}; }

/// Numbers as keys: the highest byte first, so that LMDB's order of bytes is their order.
inline uint64_t key(uint64_t number) { return __builtin_bswap64(number); }

using Hash = XXH128_hash_t;

inline bool operator<(const Hash &a, const Hash &b) {
  return a.high64 != b.high64 ? a.high64 < b.high64 : a.low64 < b.low64;
}

/// One data directory, opened for a whole process. Commits are synced, as LMDB does by itself.
class Store {
 public:
  explicit Store(const std::string &directory) {
    mkdir(directory.c_str(), 0755);
    check(mdb_env_create(&environment), "create");
    check(mdb_env_set_mapsize(environment, size_t(1) << 40), "map size");
    check(mdb_env_set_maxdbs(environment, 4), "tables");
    check(mdb_env_open(environment, directory.c_str(), 0, 0644), "open");
  }
  ~Store() { mdb_env_close(environment); }

  MDB_txn *begin(unsigned flags = 0) {
    MDB_txn *transaction;
    check(mdb_txn_begin(environment, nullptr, flags, &transaction), "begin");
    return transaction;
  }

 private:
  MDB_env *environment;
};

inline MDB_dbi table(MDB_txn *transaction, const char *name, unsigned flags = MDB_CREATE) {
  MDB_dbi opened;
  check(mdb_dbi_open(transaction, name, flags, &opened), name);
  return opened;
}

/// Gathers documents, and appends them as a compressed block when there are enough.
class Blocks {
 public:
  static constexpr size_t kBlockBytes = 192 * 1024;

  Blocks() {
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, 1);
  }
  ~Blocks() { ZSTD_freeCCtx(compressor); }

  void add(MDB_txn *transaction, MDB_dbi log, std::string_view document) {
    raw.append(document).push_back('\n');
    count++;
    if (raw.size() >= kBlockBytes) seal(transaction, log);
  }

  /// A block's key is the position of its first document.
  void seal(MDB_txn *transaction, MDB_dbi log) {
    if (raw.empty()) return;
    packed.resize(ZSTD_compressBound(raw.size()));
    size_t size = checked(ZSTD_compress2(compressor, packed.data(), packed.size(), raw.data(), raw.size()));
    uint64_t first = key(position);
    MDB_val name = value(&first, sizeof first), block = value(packed.data(), size);
    check(mdb_put(transaction, log, &name, &block, MDB_APPEND), "append");
    position += count;
    count = 0;
    raw.clear();
  }

  uint64_t sealed() const { return position - 1; }

 private:
  ZSTD_CCtx *compressor = ZSTD_createCCtx();
  std::string raw, packed;
  uint64_t position = 1, count = 0;
};
