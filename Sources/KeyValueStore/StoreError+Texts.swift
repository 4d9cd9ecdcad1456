import CLMDB
import Glibc

extension StoreError.Code {
  /// What was wrong, where the place of failure knows nothing more exact.
  var usualReason: String {
    switch self {
    case .notFound: "there is no such file or directory"
    case .permission: "the operating system denies access to the file, its lock file or their directory"
    case .readOnly: "it cannot be written to"
    case .diskFull: "the file system has no space left"
    case .corrupted: "the file is not an LMDB store or is damaged"
    case .versionMismatch: "the file was written by an incompatible version of LMDB"
    case .mapFull: "the store has outgrown the address space it was opened with"
    case .readersFull: "all slots for readers are taken"
    case .tablesFull: "more tables were opened than the environment allows"
    case .transactionFull: "the transaction has changed as many pages as one transaction may"
    case .transactionFailed: "an earlier operation of this transaction failed"
    case .keyEmpty: "the key is empty"
    case .keyTooLong: "the key is longer than \(KeyLimits.byteCountMax) bytes"
    case .valueTooLong: "the value is longer than 4 GiB"
    case .keyOrder: "the key does not come after the last key of the table"
    case .busy: "it is locked"
    case .alreadyOpen: "this process has the file open already"
    case .alreadyExists: "a file of that name exists"
    case .closed: "it was closed"
    case .forked: "it was opened before the process forked"
    case .networkFileSystem: "it lies on a network file system"
    case .unsupportedLibrary: "the LMDB library breaks locking between processes"
    case .tableMissing: "there is no such table"
    case .tableIncompatible: "the name belongs to something that is no table of plain keys and values"
    case .foreignTable: "the table belongs to another environment"
    case .invalidName: "the name is empty or has a zero byte"
    case .environmentFailed: "a write to the disk failed before, so its state is uncertain"
    case .outOfMemory: "the operating system refused memory or address space"
    case .io(let number): "\(Self.text(of: number)) (error \(number))"
    case .library(let result): "\(Self.text(of: result)) (LMDB result \(result))"
    }
  }

  /// What to do about it, in general.
  var usualRemedy: String {
    switch self {
    case .notFound: "Check the path."
    case .permission: "Give this user access, or run as the user who owns the file."
    case .readOnly: "Check its permissions and whether its file system is mounted read-only."
    case .diskFull: "Free some disk space and try again."
    case .corrupted: "Restore it from a backup."
    case .versionMismatch: "Use the version of LMDB that wrote it, or restore a backup."
    case .mapFull: "Open it with more mapBytes."
    case .readersFull: "End some readers, or raise readersMax while no process has the file open."
    case .tablesFull: "Open it with a larger tablesMax."
    case .transactionFull: "Commit in smaller batches."
    case .transactionFailed: "Begin a new transaction."
    case .keyEmpty: "Use a key of at least one byte."
    case .keyTooLong: "Use a shorter key."
    case .valueTooLong: "Split the value."
    case .keyOrder: "Sort the entries, or put them instead of appending."
    case .busy: "Try again when the other holder has finished."
    case .alreadyOpen: "Use the environment that is open, or close it first."
    case .alreadyExists: "Choose another name, or remove the file."
    case .closed: "Open it again."
    case .forked: "Open it again in this process."
    case .networkFileSystem: "Move it to a local disk."
    case .unsupportedLibrary: "Install another version of liblmdb."
    case .tableMissing: "Create it first."
    case .tableIncompatible: "Choose another name."
    case .foreignTable: "Open the table in the environment of the transaction."
    case .invalidName: "Choose another name."
    case .environmentFailed: "Close it, check the disk, and open it again."
    case .outOfMemory:
      "Raise the limit on address space (ulimit -v): a map takes a tebibyte of addresses, and no memory."
    case .io(EMFILE), .io(ENFILE): "Raise the limit on open files (ulimit -n)."
    case .io(EFBIG): "Raise the limit on the size of files (ulimit -f)."
    case .io: "Check the disk and the path."
    case .library: "Close the store and open it again."
    }
  }

  /// The library's or the system's own words for a result code.
  private static func text(of result: Int32) -> String {
    guard let words = mdb_strerror(result) else { return "unknown error" }
    return String(cString: words)
  }
}
