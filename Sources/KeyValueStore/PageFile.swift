import Glibc

/// Whole pages of an open file, read without the memory map.
struct PageFile {
  let descriptor: Int32
  let pageBytes: Int

  /// How many whole pages the file has; nil, with `errno` set, if it cannot be asked.
  var count: UInt64? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return UInt64(status.st_size) / UInt64(pageBytes)
  }

  /// One page, or nil if the file does not have it.
  func read(_ number: UInt64) -> PageBytes? {
    read(byteCount: pageBytes, fromPage: number)
  }

  /// Bytes that begin with a page and may run over several, or nil if the file does not have them all.
  func read(byteCount: Int, fromPage number: UInt64) -> PageBytes? {
    let (offset, overflow) = number.multipliedReportingOverflow(by: UInt64(pageBytes))
    guard !overflow, let start = off_t(exactly: offset) else { return nil }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    var done = 0
    while done < byteCount {
      let step = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[done...]).baseAddress,
          byteCount - done, start + off_t(done))
      }
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { return nil }
      done += step
    }
    return PageBytes(bytes: bytes)
  }
}

/// Bytes of a page of LMDB 0.9, whose numbers are in the order of the machine.
struct PageBytes {
  let bytes: [UInt8]

  /// The number at a byte offset, or nil if it would reach beyond the end.
  func load<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number? {
    guard offset >= 0, offset <= bytes.count - MemoryLayout<Number>.size else { return nil }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
  }
}
