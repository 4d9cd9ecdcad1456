/// Why an operation on a store failed: what was attempted, on which file, what was wrong, and what to do about it.
package struct StoreError: Error, Equatable, Sendable {
  /// The kind of failure, to decide on. The texts are for people.
  package enum Code: Equatable, Sendable {
    /// The file, or the directory that shall hold it, does not exist.
    case notFound
    /// The operating system denies access to the data file, its lock file or their directory.
    case permission
    /// A write was asked of an environment that was opened read-only, or of a read-only file system.
    case readOnly
    /// The file system has less free space than the reserve, or none at all.
    case diskFull
    /// The file is no LMDB store, is truncated, or holds a page that contradicts itself.
    case corrupted
    /// The file was written by an incompatible version of LMDB.
    case versionMismatch
    /// The store has outgrown its address space.
    case mapFull
    /// Every slot of the table of readers is taken.
    case readersFull
    /// More tables were opened than `Environment.Options.tablesMax`.
    case tablesFull
    /// The write transaction has changed too many pages.
    case transactionFull
    /// An earlier operation of the same write transaction failed, so that it cannot be committed.
    case transactionFailed
    /// Keys have at least one byte.
    case keyEmpty
    /// Keys have at most 511 bytes.
    case keyTooLong
    /// Values have fewer than 4 GiB.
    case valueTooLong
    /// An appended key does not come after the last key of its table.
    case keyOrder
    /// The calling thread already holds the write transaction, or another process holds the file.
    case busy
    /// This process has the file open already.
    case alreadyOpen
    /// The target of a copy exists.
    case alreadyExists
    /// The environment was closed.
    case closed
    /// The environment was opened by another process, of which this one is a fork.
    case forked
    /// The file lies on a network file system.
    case networkFileSystem
    /// The LMDB library is one of the versions that break locking between processes.
    case unsupportedLibrary
    /// There is no such table.
    case tableMissing
    /// The name belongs to something that is no table of plain keys and values.
    case tableIncompatible
    /// The table belongs to another environment.
    case foreignTable
    /// A path or table name is empty or has a zero byte.
    case invalidName
    /// A failed write to the disk has made further writes unsafe.
    case environmentFailed
    /// Memory or address space was refused.
    case outOfMemory
    /// Any other error number of the operating system.
    case io(Int32)
    /// Any other result code of LMDB.
    case library(Int32)
  }

  package let code: Code
  /// The verb phrase of what was attempted, such as `open` or `put in`.
  package let operation: String
  /// The data file concerned.
  package let path: String
  /// The table concerned, where there is one.
  package let table: String?
  /// What was wrong, without a full stop.
  package let reason: String
  /// What to do, a whole sentence.
  package let remedy: String

  /// An error of the given kind. `reason` and `remedy` replace the usual texts where more is known.
  package init(
    _ code: Code, operation: String, path: String, table: String? = nil,
    reason: String? = nil, remedy: String? = nil
  ) {
    self.code = code
    self.operation = operation
    self.path = path
    self.table = table
    self.reason = reason ?? code.usualReason
    self.remedy = remedy ?? code.usualRemedy
  }
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    let place = table.map { "\(path), table \"\($0)\"" } ?? path
    return "cannot \(operation) \(place): \(reason). \(remedy)"
  }
}
