import Compression
import EventLog
import Events
import Glibc
import Testing

/// A directory of its own for one test, removed with everything in it when the value goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/EventLogTests.XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return mkdtemp(start) != nil
    }
    try #require(made, "mkdtemp failed with errno \(errno)")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    if let listing = opendir(path) {
      while let entry = readdir(listing) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink(path + "/" + name)
      }
      closedir(listing)
    }
    rmdir(path)
  }

  func file(_ name: String = "log.mdb") -> String { path + "/" + name }

  func log(_ name: String = "log.mdb") throws -> EventLog { try EventLog(path: file(name)) }
}
