import GeneratedEvents
import Matching

/// Random people with Vietnamese names, a birthday each, and addresses of one city.
struct Crowd {
  private static let families = ["Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi"]
  private static let middles = ["Văn", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Quốc", "Thu"]
  private static let givens = [
    "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Mai", "Phúc", "Trang", "Vy",
  ]
  private static let streets = ["Lê Lợi", "Hai Bà Trưng", "Pasteur", "Nguyễn Trãi", "Quang Trung", "Bạch Đằng"]

  var random: SeededGenerator

  init(seed: Int) { random = SeededGenerator(seed: UInt64(seed)) }

  mutating func name() -> String {
    "\(random.pick(Self.families)) \(random.pick(Self.middles)) \(random.pick(Self.givens))"
  }

  mutating func birthday() -> String {
    "\(random.number(1950..<2006))-\(random.number(10..<13))-\(random.number(10..<29))"
  }

  mutating func address() -> [String] {
    let line = "\(random.number(1..<900)) \(random.pick(Self.streets))"
    return [line, "Phường \(random.number(1..<20))", "Quận \(random.number(1..<13))", "Thành phố Hồ Chí Minh"]
  }

  mutating func person() -> MatchRecord {
    MatchRecord(name: name(), birthday: birthday(), address: address())
  }

  /// The score of two records among many others; nil when they are no candidates.
  static func candidate(_ a: MatchRecord, _ b: MatchRecord, among count: Int = 3_000) -> MatchCandidate? {
    var crowd = Crowd(seed: 1)
    var finder = CandidateFinder()
    finder.add(a)
    for _ in 0..<count { finder.add(crowd.person()) }
    finder.add(b)
    return finder.candidates(minimumScore: 0.000_001).first { $0.first == 0 && $0.second == count + 1 }
  }

  static func score(_ a: MatchRecord, _ b: MatchRecord, among count: Int = 3_000) -> Double {
    candidate(a, b, among: count)?.score ?? 0
  }
}
