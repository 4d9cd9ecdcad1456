import CLMDB
import Glibc

extension StoreError.Code {
  /// The kind of failure behind a nonzero result of an LMDB call, which is an LMDB code (negative) or an `errno`.
  init(result: Int32) {
    self = result < 0 ? Self(libraryResult: result) : Self(errorNumber: result)
  }

  private init(libraryResult result: Int32) {
    switch result {
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INVALID, MDB_CURSOR_FULL, MDB_PAGE_FULL: self = .corrupted
    case MDB_VERSION_MISMATCH: self = .versionMismatch
    case MDB_MAP_FULL, MDB_MAP_RESIZED: self = .mapFull
    case MDB_READERS_FULL: self = .readersFull
    case MDB_DBS_FULL: self = .tablesFull
    case MDB_TXN_FULL: self = .transactionFull
    case MDB_BAD_TXN: self = .transactionFailed
    case MDB_INCOMPATIBLE: self = .tableIncompatible
    case MDB_BAD_DBI: self = .tableMissing
    case MDB_PANIC: self = .environmentFailed
    default: self = .library(result)
    }
  }

  /// The kind of failure behind an `errno`.
  init(errorNumber: Int32) {
    switch errorNumber {
    case ENOENT, ENOTDIR: self = .notFound
    case EACCES, EPERM: self = .permission
    case EROFS: self = .readOnly
    case ENOSPC, EDQUOT: self = .diskFull
    case ENOMEM: self = .outOfMemory
    case EAGAIN, EBUSY: self = .busy
    case EEXIST: self = .alreadyExists
    default: self = .io(errorNumber)
    }
  }
}
