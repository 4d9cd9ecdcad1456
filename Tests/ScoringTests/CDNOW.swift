import Glibc
import Scoring

/// The purchases of CDNOW's customers, published by Fader and Hardie. They lie beside the project and are no part of it.
enum CDNOW {
  static let sample = "CDNOW_sample.txt"
  static let master = "CDNOW_master.txt"
  static let hint = "needs ../shared/data/cdnow"

  /// 1997-09-30, the last day of the papers' calibration period, and the last of the 39 weeks after it.
  static let calibrationEnd = day(19_970_930)
  static let holdoutEnd = day(19_980_630)

  static var isThere: Bool { access(path(sample), R_OK) == 0 && access(path(master), R_OK) == 0 }

  /// What a customer bought on each day, by the day: several purchases of one day are one.
  static func customers(_ file: String) -> [[(day: Int, cents: Int)]] {
    var customers: [String: [Int: Int]] = [:]
    for line in lines(path(file)) {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count >= 4, let date = Int(words[words.count - 3]) else { continue }
      let cents = words[words.count - 1].split(separator: ".").joined()
      // The first of the sample's two ids is that of the whole.
      customers[String(words[0]), default: [:]][day(date), default: 0] += Int(cents) ?? 0
    }
    return customers.sorted { $0.key < $1.key }.map { _, days in
      days.sorted { $0.key < $1.key }.map { (day: $0.key, cents: $0.value) }
    }
  }

  /// The figures of a customer as of the end of a day, counting that many days of age.
  static func figures(_ days: [(day: Int, cents: Int)], until end: Int) -> RecencyFrequency {
    let seen = days.prefix { $0.day <= end }
    return RecencyFrequency(
      repeats: seen.count - 1, recencyDays: seen[seen.count - 1].day - seen[0].day, ageDays: end - seen[0].day)
  }

  private static func lines(_ path: String) -> [Substring] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self).split { $0 == "\n" || $0 == "\r\n" }
  }

  private static func path(_ file: String) -> String {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    return root + "/../shared/data/cdnow/" + file
  }

  /// Days since 1970 of a date as yyyymmdd.
  private static func day(_ date: Int) -> Int {
    var parts = tm()
    parts.tm_year = Int32(date / 10_000 - 1900)
    parts.tm_mon = Int32(date / 100 % 100 - 1)
    parts.tm_mday = Int32(date % 100)
    return timegm(&parts) / 86_400
  }
}
