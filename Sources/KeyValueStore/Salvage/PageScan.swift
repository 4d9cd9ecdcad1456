import Glibc

/// Finds values in the pages of a file without following its tree: for files whose tree cannot be trusted.
///
/// Whatever looks like an entry with a key of 8 bytes is taken for one, on every page, be it in use, free, or half damaged. So it
/// finds what a broken page hides and also what was deleted or never committed: the caller tells by checksums of its own what is
/// right, and by its contents what is current. The file is only read, with pread(2); nothing in it can lead this astray.
///
/// Layout of LMDB 0.9, `struct MDB_node`: 32 bits of size, 16 of flags, 16 of key length, the key, and then the value, or for
/// flag 1 the number of the page behind whose header of 16 bytes the value lies. Nodes begin at even offsets.
package struct PageScan: ~Copyable {
  /// Where a value lies in the file.
  package struct Place: Hashable, Sendable {
    package let offset: Int
    package let byteCount: Int

    package init(offset: Int, byteCount: Int) {
      self.offset = offset
      self.byteCount = byteCount
    }
  }

  private static let pageHeaderBytes = 16
  private static let nodeHeaderBytes = 8
  private static let keyBytes = 8
  private static let pagesAtOnce = 256
  /// Longer values are none of ours.
  private static let valueBytesMax = 8 << 20

  let descriptor: Int32
  package let fileBytes: Int
  package let pageBytes: Int

  /// Throws `notFound`, `permission` or `io`.
  package init(path: String) throws(StoreError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      let number = errno
      if descriptor >= 0 { _ = Glibc.close(descriptor) }
      throw StoreError(.init(errorNumber: number), operation: "read", path: path)
    }
    self.descriptor = descriptor
    fileBytes = Int(status.st_size)
    pageBytes = Self.pageBytes(of: descriptor)
  }

  deinit { _ = Glibc.close(descriptor) }

  /// The page size that either header names, else the system's.
  private static func pageBytes(of descriptor: Int32) -> Int {
    for page in 0...1 {
      for candidate in [4096, 16_384, 65_536, 8192, 32_768] {
        var size: UInt32 = 0
        let offset = page * candidate + 40
        if pread(descriptor, &size, 4, off_t(offset)) == 4, Int(size) == candidate { return candidate }
      }
    }
    return Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Lends everything that may be an entry to `body`: its key as a number, and the value. O(file).
  package func forEachEntry(_ body: (_ key: UInt64, _ value: UnsafeRawBufferPointer, _ place: Place) throws -> Void)
    rethrows
  {
    try forEachPage { page, start in
      for node in stride(from: Self.pageHeaderBytes, through: page.count - Self.nodeHeaderBytes - Self.keyBytes, by: 2)
      {
        guard Int(page.loadUnaligned(fromByteOffset: node + 6, as: UInt16.self)) == Self.keyBytes else { continue }
        try lendEntry(at: node, of: page, start, body)
      }
    }
  }

  private func lendEntry(
    at node: Int, of page: UnsafeRawBufferPointer, _ start: Int,
    _ body: (UInt64, UnsafeRawBufferPointer, Place) throws -> Void
  ) rethrows {
    let size = Int(page.loadUnaligned(fromByteOffset: node, as: UInt32.self))
    let key = UInt64(bigEndian: page.loadUnaligned(fromByteOffset: node + Self.nodeHeaderBytes, as: UInt64.self))
    let value = node + Self.nodeHeaderBytes + Self.keyBytes
    switch page.loadUnaligned(fromByteOffset: node + 4, as: UInt16.self) {
    case 0 where size <= page.count - value:
      let bytes = UnsafeRawBufferPointer(rebasing: page[value..<value + size])
      try body(key, bytes, Place(offset: start + value, byteCount: size))
    case 1 where size <= Self.valueBytesMax && value + 8 <= page.count:
      let number = page.loadUnaligned(fromByteOffset: value, as: UInt64.self)
      guard number < UInt64(fileBytes / pageBytes) else { return }
      let place = Place(offset: Int(number) * pageBytes + Self.pageHeaderBytes, byteCount: size)
      if let bytes = read(place) { try bytes.withUnsafeBytes { try body(key, $0, place) } }
    default: break
    }
  }

  /// Lends what lies behind the header of each page to `body`, with its offset in the file: where long values begin. O(file).
  package func forEachPageContent(_ body: (_ content: UnsafeRawBufferPointer, _ offset: Int) throws -> Void) rethrows {
    try forEachPage { page, start in
      try body(UnsafeRawBufferPointer(rebasing: page[Self.pageHeaderBytes...]), start + Self.pageHeaderBytes)
    }
  }

  private func forEachPage(_ body: (UnsafeRawBufferPointer, _ start: Int) throws -> Void) rethrows {
    var start = 0
    while start + pageBytes <= fileBytes {
      let count = min(Self.pagesAtOnce * pageBytes, (fileBytes - start) / pageBytes * pageBytes)
      if let window = read(Place(offset: start, byteCount: count)) {
        try forEachPage(of: window, start, body)
      } else {
        // The disk refuses a part of it.
        for page in stride(from: start, to: start + count, by: pageBytes) {
          try forEachPage(of: read(Place(offset: page, byteCount: pageBytes)) ?? [], page, body)
        }
      }
      start += count
    }
  }

  private func forEachPage(
    of window: [UInt8], _ start: Int, _ body: (UnsafeRawBufferPointer, _ start: Int) throws -> Void
  ) rethrows {
    try window.withUnsafeBytes { window in
      for page in stride(from: 0, to: window.count, by: pageBytes) {
        try body(UnsafeRawBufferPointer(rebasing: window[page..<page + pageBytes]), start + page)
      }
    }
  }

  /// The bytes of a place, or nil where the file does not have them or the disk does not give them.
  package func read(_ place: Place) -> [UInt8]? {
    guard place.offset >= 0, place.byteCount >= 0, place.byteCount <= fileBytes - place.offset else { return nil }
    return PageFile(descriptor: descriptor, pageBytes: 1)
      .read(byteCount: place.byteCount, fromPage: UInt64(place.offset))?.bytes
  }
}
