import CLMDB
import Glibc

extension Environment {
  /// Gives back the memory in which pages of the file lie that were read; they are read again when they are asked for.
  ///
  /// The kernel takes such memory away by itself where it is short of it. Until then it counts as the process's, which a
  /// long pass over a large file would make look huge. Safe while others read and write. O(pages given back).
  package func releaseMappedPages() {
    guard let mapping else { return }
    madvise(mapping.start, mapping.bytes, MADV_DONTNEED)
  }

  /// Where the file is mapped; see proc_pid_maps(5). Nil where that cannot be told.
  private var mapping: (start: UnsafeMutableRawPointer, bytes: Int)? {
    var status = stat()
    guard stat(path, &status) == 0, let maps = fopen("/proc/self/maps", "r") else { return nil }
    defer { fclose(maps) }
    var line = [CChar](repeating: 0, count: 4096 + 256)
    while fgets(&line, Int32(line.count), maps) != nil {
      let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        .split(separator: " ")
      guard fields.count >= 6, UInt64(fields[4]) == UInt64(status.st_ino), fields.last?.hasSuffix(".mdb\n") ?? false
      else { continue }
      let range = fields[0].split(separator: "-").compactMap { UInt(String($0), radix: 16) }
      guard range.count == 2, let start = UnsafeMutableRawPointer(bitPattern: range[0]) else { return nil }
      return (start, Int(range[1] - range[0]))
    }
    return nil
  }
}
