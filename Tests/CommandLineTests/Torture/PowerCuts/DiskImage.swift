import Foundation

/// A disk as a power cut may leave it. Everything about it follows from the history and a seed.
struct DiskImage: CustomStringConvertible {
  /// What becomes of names that no sync made durable.
  enum Names: String, CaseIterable {
    /// Each is lost or kept on its own, which POSIX allows.
    case free
    /// They reach the disk in order, as in the journal of a file system.
    case journalled
  }

  /// What lock files hold after the cut: they were written through memory, and nobody knows.
  enum Locks: String, CaseIterable { case absent, zero, stale, garbage }

  /// The step during which the power went.
  let cut: Int
  let seed: UInt64
  let names: Names
  let locks: Locks
  /// Of unsynced writes, how many of a hundred are kept, and how many are torn.
  let keptShare, tornShare: Int
  private(set) var content: [String: [UInt8]] = [:]
  private(set) var folders: [String] = []

  var description: String {
    "seed \(seed), cut in step \(cut), names \(names), locks \(locks), \(keptShare) % kept, \(tornShare) % torn"
  }

  init(of history: DiskHistory, cut: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    (self.cut, self.seed) = (cut, seed)
    names = Names.allCases.randomElement(using: &generator) ?? .free
    locks = Locks.allCases.randomElement(using: &generator) ?? .absent
    keptShare = [0, 10, 50, 90, 100].randomElement(using: &generator) ?? 0
    tornShare = min(100 - keptShare, [0, 10, 50].randomElement(using: &generator) ?? 0)
    build(history.steps, &generator)
    spoilLocks(&generator)
  }

  /// Writes the image below a folder. A lock file that is stale is the one of the folder given.
  func write(below target: URL, locksOf recorded: URL) throws {
    for folder in folders {
      try FileManager.default.createDirectory(
        at: target.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    for (path, bytes) in content {
      let place = target.appendingPathComponent(path)
      try Data(bytes).write(to: place)
      guard locks == .stale, path.hasSuffix("-lock") else { continue }
      if let lock = FileManager.default.contents(atPath: recorded.appendingPathComponent(path).path) {
        try lock.write(to: place)
      }
    }
  }
}

extension DiskImage {
  private mutating func build(_ steps: [DiskStep], _ generator: inout SeededGenerator) {
    var files: [Int: [UInt8]] = [:]
    var entries: [String: Int] = [:]
    var present: Set<String> = [""]
    let journalEnd = journalEnd(steps, &generator)
    for index in 0...cut {
      let step = steps[index]
      let isDurable = step.durableAt < cut
      switch step.change {
      case .none: continue
      case .write(let file, let offset, let bytes):
        write(bytes, at: offset, to: &files[file, default: []], isDurable, &generator)
      case .truncate(let file, let length):
        guard isDurable || chance(keptShare, &generator) else { continue }
        files[file] = Array((files[file] ?? []).prefix(length)) + Self.zeros(length - (files[file]?.count ?? 0))
      case .name, .folder, .remove:
        guard isDurable || isKept(index, journalEnd, &generator) else { continue }
        apply(step.change, &entries, &present)
      }
    }
    collect(files, entries, present)
  }

  private func chance(_ percent: Int, _ generator: inout SeededGenerator) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: max(0, count)) }

  /// Where the journal ends: somewhere behind the last name that is durable.
  private func journalEnd(_ steps: [DiskStep], _ generator: inout SeededGenerator) -> Int {
    let durable = (0...cut).last { steps[$0].folder != nil && steps[$0].durableAt < cut } ?? -1
    return Int.random(in: (durable + 1)...(cut + 1), using: &generator)
  }

  private func isKept(_ index: Int, _ journalEnd: Int, _ generator: inout SeededGenerator) -> Bool {
    names == .journalled ? index < journalEnd : chance(keptShare, &generator)
  }

  private func write(
    _ bytes: Data, at offset: Int, to file: inout [UInt8], _ isDurable: Bool, _ generator: inout SeededGenerator
  ) {
    let isTorn = !isDurable && tornShare > 0 && chance(tornShare, &generator)
    let isWhole = isDurable || !isTorn && (tornShare == 100 || chance(keptShare, &generator))
    if isWhole { return Self.put(bytes, at: offset, in: &file) }
    guard isTorn else { return }
    // A torn write may have made the file longer and left zeros there.
    if isTorn, chance(50, &generator) { file += Self.zeros(offset + bytes.count - file.count) }
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, (offset + start) / 512 * 512 + 512 - offset)
      if chance(50, &generator) { Self.put(bytes[start..<end], at: offset + start, in: &file) }
      start = end
    }
  }

  private static func put(_ bytes: Data, at offset: Int, in file: inout [UInt8]) {
    if offset + bytes.count > file.count { file += zeros(offset + bytes.count - file.count) }
    file.withUnsafeMutableBytes { target in
      bytes.withUnsafeBytes { source in
        guard let from = source.baseAddress, let start = target.baseAddress else { return }
        memcpy(start + offset, from, source.count)
      }
    }
  }

  private func apply(_ change: DiskStep.Change, _ entries: inout [String: Int], _ present: inout Set<String>) {
    switch change {
    case .name(let path, let file, let old):
      if let old { entries[old] = nil }
      entries[path] = file
    case .folder(let path): present.insert(path)
    case .remove(let path):
      entries[path] = nil
      present.remove(path)
    default: break
    }
  }

  /// What can be reached: the folder above it may be lost.
  private mutating func collect(_ files: [Int: [UInt8]], _ entries: [String: Int], _ present: Set<String>) {
    func isReached(_ path: String) -> Bool {
      let above = (path as NSString).deletingLastPathComponent
      return path.isEmpty || present.contains(above) && isReached(above)
    }
    folders = present.filter { isReached($0) }.sorted()
    for (path, file) in entries where isReached(path) { content[path] = files[file] ?? [] }
  }

  private mutating func spoilLocks(_ generator: inout SeededGenerator) {
    for path in content.keys.filter({ $0.hasSuffix("-lock") }).sorted() {
      switch locks {
      case .absent: content[path] = nil
      case .zero: content[path] = Self.zeros(16_384)
      case .stale: break
      case .garbage: content[path] = (0..<16_384).map { _ in UInt8.random(in: 0...255, using: &generator) }
      }
    }
  }
}
