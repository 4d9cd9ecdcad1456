import CMalloc
import Glibc

/// Says when the states in memory are too many, by what the process takes in all.
struct MemoryBound {
  /// Measuring takes as long as folding a few events does.
  private static let blocksBetweenLooks = 8

  private let bytesMax: Int
  private let weightMax: Int
  /// A smaller set is kept: another thread has more to set aside.
  private var weightMin = 1 << 14
  private var blocks = 0

  /// Setting states aside wants some memory, too, and it takes a while until all have noticed: states get three quarters.
  init(_ limits: Projector.Limits) {
    bytesMax = limits.memoryMax / 4 * 3
    weightMax = limits.freshStatesMax
  }

  /// Asked after each block.
  mutating func isExceeded(by set: WorkingSet) -> Bool {
    if set.weight >= weightMax { return true }
    blocks += 1
    guard blocks % Self.blocksBetweenLooks == 0, set.weight >= weightMin, Self.residentBytes > bytesMax else {
      return false
    }
    weightMin = max(weightMin, set.weight / 4)
    return true
  }

  /// Gives memory that was freed back to the system, which otherwise stays with the process. Tens of milliseconds.
  static func giveBack() { malloc_trim(0) }

  /// The memory of the process that no file stands for; see proc_pid_statm(5).
  private static var residentBytes: Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = read(descriptor, &buffer, buffer.count)
    let fields = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: " ").map {
      Int($0) ?? 0
    }
    guard fields.count > 2 else { return 0 }
    return (fields[1] - fields[2]) * Int(getpagesize())
  }
}
