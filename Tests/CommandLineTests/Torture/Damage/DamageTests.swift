import Foundation
import Synchronization
import Testing

@Suite("Damaged files", .serialized) struct DamageTests {
  /// Every so many cases everything is tried that is affected.
  private static let thoroughEach = 11
  private static let workers = 2

  @Test("A damaged log is reported, or gives the events that it had; and nothing hangs or dies of it")
  func log() throws {
    try forEachCase(of: DamagedShop.log, count: Effort.flips * 3 / 4) { try $0.checkLog() }
  }

  @Test("Damaged read models are reported, or answer as they did; and a rebuild makes them good")
  func generation() throws {
    try forEachCase(of: DamagedShop.generation, count: Effort.flips / 4) { try $0.checkGeneration() }
  }

  private func forEachCase(
    of file: String, count: Int,
    _ body: @escaping @Sendable (DamageCase) throws -> Void
  ) throws {
    let template = try DamagedShop(seed: Effort.seed)
    let (record, numbers) = (DamageRecord(), Numbers())
    let (content, older) = (template.files[file] ?? Data(), template.earlierFiles[file] ?? Data())
    let work: @Sendable () throws -> Void = {
      let shop = try template.copy()
      while case let number = numbers.next(), number < count {
        let seed = Effort.seed &* 1_000_000 &+ UInt64(number)
        var random = SeededGenerator(seed: seed)
        let kinds = Damage.Kind.allCases
        let damage = Damage(kinds[number % kinds.count], of: content, older: older, using: &random)
        try body(
          DamageCase(
            template: template, shop: shop, record: record, damage: damage, note: "seed \(seed):",
            isThorough: number % Self.thoroughEach == 0))
      }
    }
    try atOnce(Array(repeating: work, count: Self.workers))
    record.report()
    print(record.tally.line(["cases", "reported", "harmless", "older", "wrong", "hangs", "died"]))
  }
}

/// Numbers from 0, each for one thread.
private final class Numbers: Sendable {
  private let taken = Mutex(0)

  func next() -> Int {
    taken.withLock { taken in
      defer { taken += 1 }
      return taken
    }
  }
}
