import Glibc
import KeyValueStore

extension GenerationStore {
  private var pointerPath: String { directory + "/current" }

  /// The number of the live generation, or nil before there is one.
  package func liveNumber() throws(ProjectionError) -> Int? { try readPointer()?.live }

  /// The numbers of the former generations that are still there; the last to have been live comes first.
  package func formerNumbers() throws(ProjectionError) -> [Int] {
    let known = try numbers()
    return try readPointer()?.former.filter { known.contains($0) } ?? []
  }

  func readPointer() throws(ProjectionError) -> GenerationPointer? {
    guard let text = try pointerText() else { return nil }
    guard let pointer = GenerationPointer(text, numbers: try numbers()) else {
      throw .damaged("\(pointerPath) does not name a generation")
    }
    return pointer
  }

  private func pointerText() throws(ProjectionError) -> String? {
    let descriptor = open(pointerPath, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure("read", pointerPath)
    }
    defer { Glibc.close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    var count = read(descriptor, &buffer, buffer.count)
    while count < 0, errno == EINTR { count = read(descriptor, &buffer, buffer.count) }
    guard count >= 0 else { throw failure("read", pointerPath) }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  /// Replaces the pointer, atomically and durably.
  func writePointer(_ pointer: GenerationPointer) throws(ProjectionError) {
    errno = FileSystem.replace(pointerPath, by: Array(pointer.text.utf8))
    guard errno == 0 else { throw failure("replace", pointerPath) }
  }
}
