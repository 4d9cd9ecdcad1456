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

  /// How many pieces the system writes at once; IOV_MAX of limits.h.
  private static let piecesMax = 1024

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
    giveBack()
  }

  /// Gives back the disk and what of the file waits in memory for being written to it. Nothing can be read afterwards.
  func giveBack() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
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

  /// The bytes of a part of several files, one behind the other.
  static func bytes(_ part: Int, of files: [PartFile]) throws(ProjectionError) -> [UInt8] {
    var failure: ProjectionError?
    let count = files.reduce(0) { sum, file in file.extents[part].reduce(sum) { $0 + $1.count } }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(ProjectionError) {
        for file in files {
          for extent in file.extents[part] {
            try file.read(
              extent, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[initialized...])))
            initialized += extent.count
          }
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  private func writeWaiting() throws(ProjectionError) {
    guard waitingBytes > 0 else { return }
    if descriptor < 0 { try create() }
    let parts = waiting.indices.filter { waiting[$0].byteCount > 0 }
    for start in stride(from: 0, to: parts.count, by: Self.piecesMax) {
      try write(parts[start..<min(start + Self.piecesMax, parts.count)])
    }
    waitingBytes = 0
  }

  private func create() throws(ProjectionError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("create") }
    unlink(path)
  }

  /// Writes what waits of some parts, each from where it lies.
  private func write(_ parts: ArraySlice<Int>) throws(ProjectionError) {
    var pieces: [iovec] = []
    for part in parts {
      let count = waiting[part].byteCount
      extents[part].append(end..<(end + count))
      end += count
      // The bytes stay where they are until they are removed below.
      pieces.append(
        waiting[part].withBytes { iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: count) })
    }
    try write(&pieces)
    for part in parts { waiting[part].removeAll() }
  }

  private func write(_ pieces: inout [iovec]) throws(ProjectionError) {
    var first = 0
    while first < pieces.count {
      var count = pieces[first...].withUnsafeBufferPointer { writev(descriptor, $0.baseAddress, Int32($0.count)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("write") }
      while first < pieces.count, count >= pieces[first].iov_len {
        count -= pieces[first].iov_len
        first += 1
      }
      guard count > 0 else { continue }
      pieces[first].iov_base = pieces[first].iov_base.map { $0 + count }
      pieces[first].iov_len -= count
    }
  }

  private func read(_ extent: Range<Int>, into bytes: UnsafeMutableRawBufferPointer) throws(ProjectionError) {
    var filled = 0
    while filled < extent.count {
      let count = pread(
        descriptor, bytes.baseAddress?.advanced(by: filled), extent.count - filled, off_t(extent.lowerBound + filled))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("read") }
      filled += count
    }
  }

  private func failure(_ verb: String) -> ProjectionError {
    .file("could not \(verb) the temporary file \(path): \(String(cString: strerror(errno)))")
  }
}
