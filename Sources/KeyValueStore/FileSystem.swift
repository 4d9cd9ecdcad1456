import CLMDB
import Glibc

/// Questions to the operating system about the file system that a store lies on.
package enum FileSystem {
  /// The name of the network file system with this `f_type` of statfs(2), nil for a local or unknown one.
  ///
  /// LMDB's locks and its memory map need one kernel that sees every access. A FUSE mount may be either kind and is
  /// taken for local. The numbers are those of statfs(2) and linux/magic.h.
  package static func networkName(ofType type: Int) -> String? {
    switch UInt32(truncatingIfNeeded: type) {
    case 0x6969: "NFS"
    case 0x517B: "SMB"
    case 0xFE53_4D42: "SMB2"
    case 0xFF53_4D42: "CIFS"
    case 0x5346_414F, 0x6B41_4653: "AFS"
    case 0x00C3_6400: "Ceph"
    default: nil
    }
  }

  /// The `f_type` of the file system that holds the path, or the `errno`.
  static func type(ofPath path: String) -> Result<Int, ErrorNumber> {
    var information = statfs()
    guard statfs(path, &information) == 0 else { return .failure(ErrorNumber(value: errno)) }
    return .success(Int(information.f_type))
  }

  /// The bytes that an unprivileged process may still write to the file system of an open file, or the `errno`.
  static func freeBytes(ofFile descriptor: Int32) -> Result<Int, ErrorNumber> {
    var information = statvfs()
    guard fstatvfs(descriptor, &information) == 0 else { return .failure(ErrorNumber(value: errno)) }
    let bytes = UInt64(information.f_bavail).multipliedReportingOverflow(by: UInt64(information.f_frsize))
    return .success(bytes.overflow ? Int.max : Int(clamping: bytes.partialValue))
  }

  /// The directory part of a path: what comes before the last slash, or `.`.
  package static func directory(ofPath path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Replaces a small file in one step, durably: it is there as before, or whole, for its owner alone. Of several processes each
  /// writes a file of its own, and the last to rename it is right. What others have left that were killed meanwhile is removed.
  /// Returns 0 or the `errno`.
  package static func replace(_ path: String, by bytes: [UInt8]) -> Int32 {
    removeAbandoned(beside: path)
    let temporary = "\(path).\(getpid()).new"
    var result = writeDurably(bytes, to: temporary)
    if result == 0, rename(temporary, path) != 0 { result = errno }
    guard result == 0 else {
      unlink(temporary)
      return result
    }
    return syncDirectory(directory(ofPath: path))
  }

  private static func writeDurably(_ bytes: [UInt8], to path: String) -> Int32 {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, DataFile.mode)
    guard descriptor >= 0 else { return errno }
    var (rest, result) = (bytes[...], Int32(0))
    while !rest.isEmpty, result == 0 {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { result = errno }
      rest = rest.dropFirst(max(0, count))
    }
    if result == 0, fsync(descriptor) != 0 { result = errno }
    if Glibc.close(descriptor) != 0, result == 0 { result = errno }
    return result
  }

  private static func removeAbandoned(beside path: String) {
    let (folder, prefix) = (directory(ofPath: path), (path.split(separator: "/").last ?? "") + ".")
    guard case .success(let names) = names(in: folder) else { return }
    for name in names where name.hasPrefix(prefix) && name.hasSuffix(".new") {
      guard let process = pid_t(name.dropFirst(prefix.count).dropLast(".new".count)) else { continue }
      if kill(process, 0) != 0, errno == ESRCH { unlink(folder + "/" + name) }
    }
  }

  /// The names in a directory, or the `errno`.
  package static func names(in path: String) -> Result<[String], ErrorNumber> {
    guard let stream = opendir(path) else { return .failure(ErrorNumber(value: errno)) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return .success(names)
  }

  /// Creates a directory for its owner alone, durably, unless it is there. Returns 0 or the `errno`.
  package static func createDirectory(_ path: String) -> Int32 {
    guard mkdir(path, 0o700) == 0 else { return errno == EEXIST ? 0 : errno }
    return syncDirectory(directory(ofPath: path))
  }

  /// Makes the entries of a directory durable. Returns 0 or the `errno`.
  package static func syncDirectory(_ path: String) -> Int32 {
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno }
    let result = fsync(descriptor) == 0 ? 0 : errno
    guard Glibc.close(descriptor) == 0 || result != 0 else { return errno }
    return result
  }
}

/// An `errno` as an error value.
package struct ErrorNumber: Error {
  package let value: Int32
}
