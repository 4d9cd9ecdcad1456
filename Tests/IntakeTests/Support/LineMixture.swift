import EventLog
import GeneratedEvents

/// Random lines of every kind, and what intake has to make of them.
struct LineMixture {
  private(set) var lines: [[UInt8]] = []
  private(set) var expected = Figures()
  var random: SeededGenerator
  /// The events taken so far.
  private var taken: [JSONTree] = []

  init(seed: UInt64, count: Int) {
    random = SeededGenerator(seed: seed)
    while lines.count < count { add() }
    if expected.accepted > 0 { expected.positions = 1...UInt64(expected.accepted) }
  }

  /// The lines from `range` as one input, ended by LF or CRLF; the last one perhaps by nothing.
  mutating func bytes(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = random.oneIn(3) ? [0xEF, 0xBB, 0xBF] : []
    for index in range {
      bytes += lines[index]
      if index < range.upperBound - 1 || random.oneIn(2) { bytes += random.oneIn(4) ? [0x0D, 0x0A] : [0x0A] }
    }
    return bytes
  }

  private mutating func add() {
    switch random.number(0..<12) {
    case 0...4: addNew()
    case 5, 6: addRepeated()
    case 7: addConflict()
    case 8, 9: addRefused()
    case 10: lines.append(Array(random.pick(["", " ", "\t ", "\r"]).utf8))
    default: addUnreadable()
    }
  }

  private mutating func addNew() {
    let event = event(number: taken.count)
    taken.append(event)
    add(event)
    expected.accepted += 1
    expected.linesUsed += 1
  }

  private mutating func addRepeated() {
    guard let event = taken.randomElement(using: &random) else { return }
    add(event)
    expected.duplicates += 1
    expected.linesUsed += 1
  }

  private mutating func addConflict() {
    guard let event = taken.randomElement(using: &random) else { return }
    add(event.setting("store", .string("elsewhere")))
    expected.conflicts += 1
    expected.linesQuarantined += 1
    expected.problems[.conflict, default: 0] += 1
  }

  private mutating func addRefused() {
    let event = event(number: 1_000_000)
    let nobody = JSONTree.object([.init("email", .string("null")), .init("phone", .string("0-0"))])
    let (kind, refused): (Reject.Kind, JSONTree) = random.pick([
      (.envelope, event.removing("source")), (.envelope, event.setting("surplus", .null)),
      (.envelope, .array([event])), (.unknownType, event.setting("type", .string("page.eaten"))),
      (.schema, event.setting("data", .object([]))),
      (.time, event.setting("time", .string("2026-03-02T00:00:00.000001Z"))),
      (.identifiers, event.setting("ids", nobody)),
    ])
    add(refused, dropped: kind == .identifiers ? 2 : 0)
    countQuarantined(kind)
  }

  private mutating func addUnreadable() {
    let line = random.pick(["{", "no JSON", "{\"id\":1}}", "[1,2", "{\"a\":01}", "{}\u{FEFF}", "{\"a\":1,\"a\":2}"])
    lines.append(random.oneIn(8) ? [0x22, 0xFF, 0x22] : Array(line.utf8))
    expected.lines += 1
    countQuarantined(.malformed)
  }

  private mutating func countQuarantined(_ kind: Reject.Kind) {
    expected.quarantined += 1
    expected.linesQuarantined += 1
    expected.problems[kind, default: 0] += 1
  }

  /// Adds a document in some spelling. `dropped`: how many of its identifiers are.
  private mutating func add(_ event: JSONTree, dropped: Int? = nil) {
    lines.append(Array(event.spelled(.any, &random).utf8))
    expected.lines += 1
    expected.droppedIdentifiers += dropped ?? (event.minified.contains("UNDEFINED") ? 1 : 0)
  }

  private mutating func event(number: Int) -> JSONTree {
    var ids = [JSONTree.Member("anonymous_id", .string("device-\(number % 7)"))]
    if random.oneIn(5) { ids.append(.init("email", .string(" UNDEFINED "))) }
    let data = JSONTree.object([
      .init("url", .string("/" + JSONTree.text(&random))), .init("seconds", .number("\(number)")),
      .init("more", .random(depth: 2, &random)),
    ])
    return .object([
      .init("id", .string("e\(number)")), .init("type", .string("page.viewed")), .init("channel", .string("web")),
      .init("time", .string("2026-02-28T12:00:00Z")), .init("source", .string("web")), .init("ids", .object(ids)),
      .init("data", data),
    ])
  }
}
