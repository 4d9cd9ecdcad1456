import Glibc

/// An input that could not be opened or read.
package struct InputError: Error, CustomStringConvertible {
  package let file: String
  package let reason: String

  package var description: String { "\(file): \(reason)" }
}

/// The bytes of a file, a pipe or standard input, as they lie there.
final class InputDescriptor {
  let name: String
  /// Size on disk, or 0 for a pipe.
  let byteCount: Int
  private(set) var bytesTaken = 0
  private let descriptor: Int32

  /// Opens `path`; `-` is standard input.
  init(path: String) throws(InputError) {
    name = path == "-" ? "<stdin>" : path
    descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw InputError(file: path, reason: "cannot be opened: \(Self.errorText(errno))") }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    guard isKnown, status.st_mode & S_IFMT != S_IFDIR else {
      let hint = "is a directory; name the files in it, for example \(path)/*.ndjson"
      let reason = isKnown ? hint : Self.errorText(errno)
      Self.close(descriptor)
      throw InputError(file: path, reason: reason)
    }
    byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  deinit { Self.close(descriptor) }

  /// Standard input is not ours to close.
  private static func close(_ descriptor: Int32) {
    if descriptor > 0 { Glibc.close(descriptor) }
  }

  /// Fills `buffer` from its front. Returns the number of bytes, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        bytesTaken += count
        return count
      }
      guard errno == EINTR else { throw InputError(file: name, reason: "cannot be read: \(Self.errorText(errno))") }
    }
  }

  private static func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }
}
