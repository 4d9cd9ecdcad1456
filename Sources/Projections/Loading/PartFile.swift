import BinaryCoding
import Glibc

/// Bytes by part, in a file without a name: what does not fit into memory is dealt out to parts, each of which does.
///
/// The scheme is the partitioning of a Grace hash join (Kitsuregawa, Tanaka and Moto-oka, "Application of hash to data
/// base machine and its architecture", New Generation Computing 1, 1983). The file is gone when the process ends, however
/// it ends. Reading is safe from several threads, once ``finish()`` was called; adding is for one.
final class PartFile {
  /// What all parts together wait with for being written, so that a part comes in few pieces.
  private static let waitingBytesMax = 4 << 20

  let partCount: Int
  private let path: String
  private var descriptor: Int32 = -1
  /// By part. At a place of its own, as it is asked for with every row: a property of an object would be checked each time
  /// for being used twice.
  private let waiting: UnsafeMutableBufferPointer<ByteWriter>
  private var waitingBytes = 0
  /// By part, where its bytes are, in the order of adding.
  private var extents: [[Range<Int>]]
  private var end = 0

  init(path: String, partCount: Int) {
    self.path = path
    self.partCount = partCount
    waiting = .allocate(capacity: partCount)
    waiting.initialize(repeating: ByteWriter())
    extents = Array(repeating: [], count: partCount)
  }

  deinit {
    waiting.deinitialize().deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  var isEmpty: Bool { end == 0 && waitingBytes == 0 }

  /// Adds what `write` writes behind the bytes of a part.
  func add(to part: Int, _ write: (inout ByteWriter) -> Void) throws(ProjectionError) {
    let before = waiting[part].byteCount
    write(&waiting[part])
    waitingBytes += waiting[part].byteCount - before
    if waitingBytes >= Self.waitingBytesMax { try writeWaiting() }
  }

  /// Writes what waits, and gives its memory back.
  func finish() throws(ProjectionError) {
    try writeWaiting()
    for part in waiting.indices { waiting[part] = ByteWriter() }
  }

  /// The bytes of a part.
  func bytes(_ part: Int) throws(ProjectionError) -> [UInt8] {
    var bytes: [UInt8] = []
    try append(part, to: &bytes)
    return bytes
  }

  /// Adds the bytes of a part behind others.
  func append(_ part: Int, to bytes: inout [UInt8]) throws(ProjectionError) {
    var filled = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: extents[part].reduce(0) { $0 + $1.count }))
    for extent in extents[part] {
      try read(extent, into: &bytes, at: filled)
      filled += extent.count
    }
  }

  private func writeWaiting() throws(ProjectionError) {
    guard waitingBytes > 0 else { return }
    if descriptor < 0 { try create() }
    var joined = ByteWriter(capacity: waitingBytes)
    for part in waiting.indices where waiting[part].byteCount > 0 {
      extents[part].append((end + joined.byteCount)..<(end + joined.byteCount + waiting[part].byteCount))
      joined.raw(waiting[part].bytes)
      waiting[part].removeAll()
    }
    waitingBytes = 0
    try write(joined.bytes)
  }

  private func create() throws(ProjectionError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("create") }
    unlink(path)
  }

  private func write(_ bytes: [UInt8]) throws(ProjectionError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("write") }
      written += count
    }
    end += bytes.count
  }

  private func read(_ extent: Range<Int>, into bytes: inout [UInt8], at start: Int) throws(ProjectionError) {
    var filled = 0
    while filled < extent.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(
          descriptor, $0.baseAddress?.advanced(by: start + filled), extent.count - filled,
          off_t(extent.lowerBound + filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("read") }
      filled += count
    }
  }

  private func failure(_ verb: String) -> ProjectionError {
    .file("could not \(verb) the temporary file \(path): \(String(cString: strerror(errno)))")
  }
}
