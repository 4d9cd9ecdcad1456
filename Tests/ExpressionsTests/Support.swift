import Events
import Expressions
import TimeZones

/// A record for tests: names to values.
final class Fields: Record {
  let fields: [(String, Value)]

  init(_ fields: KeyValuePairs<String, Value>) { self.fields = fields.map { ($0.key, $0.value) } }

  var names: [String] { fields.map(\.0) }
  func value(named name: String) -> Value { fields.first { $0.0 == name }?.1 ?? .null }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): enough for tests, and the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func context(line: Int = 7, file: String = "orders.csv") throws -> EvaluationContext {
  var context = EvaluationContext(
    zone: try TimeZone(identifier: "Asia/Ho_Chi_Minh"), line: line, file: file,
    received: Instant(microseconds: 1_780_272_000_000_000), currency: Currency("VND"),
    hash: { bytes in bytes.map { String($0, radix: 16) }.joined() },
    readJSON: { (text) throws(EvaluationError) in .text(text) })
  context.headers = ["x-topic": "orders/create"]
  return context
}

/// The value as a message shows it, or the error.
func evaluate(_ source: String, _ fields: KeyValuePairs<String, Value> = [:]) throws -> String {
  try evaluate(source, Fields(fields))
}

func evaluate(_ source: String, _ record: any Record) throws -> String {
  let expression = try Expression(source)
  do {
    return try expression.value(of: record, in: try context()).listed
  } catch let error as EvaluationError {
    return "error: \(error)"
  }
}

extension Value {
  /// Lists with their elements, the rest as in messages.
  var listed: String {
    guard case .list(let elements) = self else { return description }
    return "[" + elements.map(\.listed).joined(separator: ", ") + "]"
  }

  static func number(_ text: String) -> Value { ExactDecimal(text).map { .number($0) } ?? .null }
}

/// One order with two lines, as a grouped document or a JSON body shows it.
var order: Fields {
  Fields([
    "id": .text("A-1"), "code": .text("007"), "total": .number("12.50"), "paid": .bool(true),
    "note": .null, "name": .text("Nguyễn Thị Đào"), "tags": .list([.text("vip"), .text("Đà Nẵng")]),
    "placed": .text("2026-03-01 08:30"), "created": .text("2026-03-01T08:30:00+07:00"),
    "odd name": .text("odd"), "customer": .record(Fields(["email": .text("an@example.com"), "age": .number("30")])),
    "rows": .list([
      .record(Fields(["sku": .text("a"), "quantity": .text("2"), "price": .text("1.25"), "gift": .null])),
      .record(Fields(["sku": .text("b"), "quantity": .text("10"), "price": .text("1"), "gift": .text("yes")])),
    ]),
  ])
}
