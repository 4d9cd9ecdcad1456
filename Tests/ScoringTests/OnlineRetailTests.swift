import Glibc
import Scoring
import Testing

/// The UCI Online Retail set, which lies beside the project and is no part of it.
enum OnlineRetail {
  static let hint = "needs zstd and ../shared/data/online-retail"

  private static var path: String {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    return root + "/../shared/data/online-retail/online_retail.csv.zst"
  }

  static var isThere: Bool { access(path, R_OK) == 0 && system("command -v zstd >/dev/null") == 0 }

  /// By customer, the days of the year on which something was bought for money; and the last day of all. Written for this
  /// file: only its descriptions have quotes, and what follows them is read from the end.
  static func purchases() -> (customers: [[Int]], end: Int) {
    guard let stream = popen("zstd -dc '\(path)'", "r") else { return ([], 0) }
    defer { pclose(stream) }
    var customers: [Substring: Set<Int>] = [:]
    var end = 0
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count >= 8 else { continue }
      let (customer, price) = (fields[fields.count - 2], Double(fields[fields.count - 3]) ?? 0)
      let (time, quantity) = (fields[fields.count - 4], Int(fields[fields.count - 5]) ?? 0)
      guard !customer.isEmpty, let day = day(time) else { continue }
      end = max(end, day)
      guard quantity > 0, price > 0, !line.hasPrefix("C"), !line.hasPrefix("A") else { continue }
      customers[customer, default: []].insert(day)
    }
    return (customers.values.map { $0.sorted() }, end)
  }

  private static func day(_ time: Substring) -> Int? {
    let parts = time.prefix(10).split(separator: "-").compactMap { Int32($0) }
    guard parts.count == 3 else { return nil }
    var date = tm()
    (date.tm_year, date.tm_mon, date.tm_mday) = (parts[0] - 1900, parts[1] - 1, parts[2])
    return timegm(&date) / 86_400
  }
}

@Suite("A year of Online Retail", .enabled(if: OnlineRetail.isThere, "\(OnlineRetail.hint)"))
struct OnlineRetailTests {
  @Test("does not tell that customers leave: BG/NBD explains it as well as NBD")
  func dropout() {
    let (customers, end) = OnlineRetail.purchases()
    #expect(customers.count == 4_338)
    let sample = RecencyFrequencySample(
      customers.map { days in
        RecencyFrequency(
          repeats: days.count - 1, recencyDays: days[days.count - 1] - days[0], ageDays: end - days[0])
      })
    let with = OrderModelKind.bgNBD.fit(sample, unit: .days).estimate.logLikelihood
    let without = OrderModelKind.nbd.fit(sample, unit: .days).estimate.logLikelihood
    #expect(abs(with - -61823.4713) < 1e-3, "\(with)")
    #expect(abs(without - -61823.5909) < 1e-3, "\(without)")
  }
}
