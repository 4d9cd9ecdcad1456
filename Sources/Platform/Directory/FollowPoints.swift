import Glibc
import Hashing
package import Intake
import JSON

/// Where the reading of followed files ended, one small file for each in `following/` of the data directory.
///
/// A point is written after what it covers is durable. Should it be lost or older, events are offered again and known.
package struct FollowPoints: Sendable {
  private let directory: DataDirectory

  package init(_ directory: DataDirectory) { self.directory = directory }

  /// Nil for an input that was not followed before, or cannot be read again. What cannot be understood counts as nothing.
  /// - Parameter reading: how the input is read: what was read otherwise was not read.
  package func point(of input: String, readAs reading: String) throws(DirectoryError) -> ResumePoint? {
    guard let file = file(of: input, reading), let text = try TextFile.read(file) else { return nil }
    let parser = JSONParser()
    do {
      let root = try parser.parse(text.utf8)
      func number(_ name: StaticString) -> UInt64? { root[name]?.numberText.flatMap { UInt64($0) } }
      guard let device = number("device"), let inode = number("inode"), let offset = number("offset"),
        let line = number("line"), let headBytes = number("head_bytes"), let head = root["head"]?.string
      else { return nil }
      return ResumePoint(
        device: device, inode: inode, offset: Int(clamping: offset), line: Int(clamping: line),
        headBytes: min(Int(clamping: headBytes), 1 << 20), head: head)
    } catch {
      return nil
    }
  }

  /// Remembers, durably, where the reading of an input ended.
  package func save(_ point: ResumePoint, of input: String, readAs reading: String) throws(DirectoryError) {
    guard let file = file(of: input, reading) else { return }
    try DataDirectory(path: directory.following).create()
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("input")
    writer.value(Self.absolute(input) ?? input)
    writer.key("read_as")
    writer.value(reading)
    for (name, value) in [("device", point.device), ("inode", point.inode)] {
      writer.key(name)
      writer.value(value)
    }
    for (name, value) in [("offset", point.offset), ("line", point.line), ("head_bytes", point.headBytes)] {
      writer.key(name)
      writer.value(value)
    }
    writer.key("head")
    writer.value(point.head)
    writer.endObject()
    writer.newline()
    try TextFile.replace(file, by: writer.text)
  }

  /// Nil for standard input.
  private func file(of input: String, _ reading: String) -> String? {
    guard input != "-", let path = Self.absolute(input) else { return nil }
    let name = Array((path + "\0" + reading).utf8).withUnsafeBytes { XXH3.hash128($0).description }
    return directory.following + "/" + name + ".json"
  }

  private static func absolute(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
