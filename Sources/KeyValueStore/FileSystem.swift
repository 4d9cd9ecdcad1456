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
  static func directory(ofPath path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the entries of a directory durable. Returns 0 or the `errno`.
  static func syncDirectory(_ path: String) -> Int32 {
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno }
    let result = fsync(descriptor) == 0 ? 0 : errno
    guard Glibc.close(descriptor) == 0 || result != 0 else { return errno }
    return result
  }
}

/// An `errno` as an error value.
struct ErrorNumber: Error {
  let value: Int32
}
