import Foundation

/// How much is tried: little in the ordinary tests, as much as one likes where the environment says so. `tools/torture` does.
enum Effort {
  /// How often the program is killed.
  static let kills = count("HOSO_TORTURE_KILLS", fast: 12)
  /// For how many seconds many programs run at once.
  static let seconds = count("HOSO_TORTURE_SECONDS", fast: 4)
  /// How many damaged files are looked at.
  static let flips = count("HOSO_TORTURE_FLIPS", fast: 48)
  /// Disks as a power cut may leave them.
  static let images = count("HOSO_TORTURE_IMAGES", fast: 10)
  /// Calls that fail, each in a run of its own, chosen by the seed among all that there are.
  static let faults = count("HOSO_TORTURE_FAULTS", fast: 20)
  /// What everything random follows from.
  static let seed = UInt64(count("HOSO_TORTURE_SEED", fast: 1))

  private static func count(_ variable: String, fast: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? fast
  }
}
