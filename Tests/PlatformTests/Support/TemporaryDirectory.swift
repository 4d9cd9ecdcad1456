import Glibc
import Synchronization
import Testing

/// A directory of its own for one test. What a test opens in it need not keep it alive: it is removed, with everything in
/// it, when the process ends.
struct TemporaryDirectory {
  private static let made = Mutex<[String]>([])
  private static let removesAtExit: Bool =
    atexit { TemporaryDirectory.made.withLock { $0.forEach(TemporaryDirectory.remove) } } == 0

  let path: String

  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/PlatformTests.XXXXXX".utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
    }
    try #require(isMade, "mkdtemp failed with errno \(errno)")
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.path = path
    try #require(Self.removesAtExit)
    Self.made.withLock { $0.append(path) }
  }

  private static func remove(_ path: String) {
    if let listing = opendir(path) {
      while let entry = readdir(listing) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(listing)
    }
    if rmdir(path) != 0 { unlink(path) }
  }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let path = self.path + "/" + name
    let file = try #require(fopen(path, "w"), "\(path): errno \(errno)")
    defer { fclose(file) }
    try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    return path
  }
}
