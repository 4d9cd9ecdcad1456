import Events
import Expressions
import GeneratedEvents
import Platform
import Testing
import TimeZones

@Suite struct ListingTests {
  /// A row of everything that a field can hold.
  private struct Row {
    let number: Int
    let count: Int?
    let text: String?
    let flag: Bool?
    let time: Int64?
    let list: [String]
    let mixed: Value
  }

  private let fields = FieldSet<Row>([
    Field("number", "NUMBER", .count) { Value($0.number) },
    Field("count", "COUNT", .count) { $0.count.map { Value($0) } ?? .null },
    Field("text", "TEXT", .text) { Value($0.text) },
    Field("flag", "FLAG", .flag) { $0.flag.map { .bool($0) } ?? .null },
    Field("time", "TIME", .time) { Value(microseconds: $0.time) },
    Field("list", "LIST", .list) { Value(texts: $0.list) },
    Field("mixed", "MIXED", .text) { $0.mixed },
    Field("text.length", "LENGTH", .count) { $0.text.map { Value($0.utf8.count) } ?? .null },
    Field("deep.er.count", "DEEP", .count) { $0.count.map { Value($0) } ?? .null },
  ])

  private static func row(_ number: Int, _ random: inout SeededGenerator) -> Row {
    func maybe<Part>(_ part: Part, _ random: inout SeededGenerator) -> Part? { random.oneIn(4) ? nil : part }
    let word = random.pick(["", "a", "b", "Z", "\u{E1}", "\u{1EA1}", "10", "9"])
    let mixed: [Value] = [
      .null, .text(word), Value(random.number(0..<5)), .bool(random.oneIn(2)), .list([]), Value(microseconds: 5),
    ]
    return Row(
      number: number, count: maybe(random.number(-3..<4), &random), text: maybe(word, &random),
      flag: maybe(random.oneIn(2), &random), time: maybe(Int64(random.number(0..<3)) * 1_000, &random),
      list: (0..<random.number(0..<4)).map { "\($0)" }, mixed: random.pick(mixed))
  }

  private func run(
    _ rows: [Row], filter: String? = nil, sort: String? = nil, limit: Int? = nil, borders: [Int] = []
  ) throws -> [Int] {
    let listing = try Listing(fields, filter: filter, sort: sort, limit: limit, zone: .utc)
    let borders = [0] + borders + [rows.count]
    let parts = zip(borders, borders.dropFirst()).map { rows[$0..<$1] }
    var found: [Int] = []
    try listing.run(parts: parts.count) { part, body in
      for row in parts[part] where try !body(row) { return }
    } emit: {
      found.append($0.number)
    }
    let count = try listing.count(parts: parts.count) { part, body in
      for row in parts[part] where try !body(row) { return }
    }
    #expect(count == found.count)
    return found
  }

  @Test("Rows that come in several parts are listed as if they came in one", arguments: 0..<20 as Range<UInt64>)
  func parts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rows = (0..<600).map { Self.row($0, &random) }
    let borders = (0..<random.number(1..<4)).map { _ in random.number(0..<600) }.sorted()
    let limit = random.oneIn(2) ? random.number(1..<700) : nil
    for (filter, sort) in [(nil, nil), ("count >= 0", nil), ("count >= 0", "-text"), (nil, "mixed")]
      as [(String?, String?)]
    {
      let whole = try run(rows, filter: filter, sort: sort, limit: limit)
      #expect(try run(rows, filter: filter, sort: sort, limit: limit, borders: borders) == whole)
    }
    #expect(throws: ListingError.self) { try run(rows, filter: "deep.nope = 1", borders: borders) }
  }

  /// Rows by a key, rows without one last; ties in the order of the rows.
  private func sorted<Key: Comparable>(_ rows: [Row], descending: Bool, _ key: (Row) -> Key?) -> [Int] {
    let known = rows.filter { key($0) != nil }.map { (row: $0, key: key($0)) }
    let ordered = known.enumerated().sorted { a, b in
      guard let left = a.element.key, let right = b.element.key, left != right else { return a.offset < b.offset }
      return descending ? left > right : left < right
    }
    return ordered.map(\.element.row.number) + rows.filter { key($0) == nil }.map(\.number)
  }

  @Test("Filter, order and limit give what sorting all rows gives", arguments: UInt64(1)...8)
  func reference(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // More than enough for the bounded memory of a sorted listing to be cut down several times.
    let rows = (0..<random.number(0..<2_500)).map { Self.row($0, &random) }
    let wanted = rows.filter { ($0.count ?? -9) >= 0 || $0.flag == true }
    for descending in [false, true] {
      for limit in [nil, 0, 1, 7, 300, 10_000] {
        let minus = descending ? "-" : ""
        let expected = [
          "count": sorted(wanted, descending: descending) { $0.count },
          "text": sorted(wanted, descending: descending) { $0.text },
          "flag": sorted(wanted, descending: descending) { $0.flag.map { $0 ? 1 : 0 } },
          "time": sorted(wanted, descending: descending) { $0.time },
          "list": sorted(wanted, descending: descending) { $0.list.count },
          "text.length": sorted(wanted, descending: descending) { $0.text?.utf8.count },
        ]
        for (name, numbers) in expected {
          let found = try run(rows, filter: "count >= 0 or flag", sort: minus + name, limit: limit)
          #expect(found == Array(numbers.prefix(limit ?? .max)), "--sort \(minus)\(name) --limit \(limit ?? -1)")
        }
        #expect(
          try run(rows, filter: "count >= 0 or flag", limit: limit) == Array(wanted.map(\.number).prefix(limit ?? .max))
        )
      }
    }
  }

  @Test("Values of several kinds are sorted by kind, the same way however many are wanted", arguments: UInt64(1)...4)
  func mixedKinds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rows = (0..<1_500).map { Self.row($0, &random) }
    let all = try run(rows, sort: "mixed")
    #expect(Set(all).count == rows.count)
    var kinds: [String] = []
    for number in all where kinds.last != rows[number].mixed.kindName { kinds.append(rows[number].mixed.kindName) }
    #expect(Set(kinds).count == kinds.count, "\(kinds)")
    #expect(rows[all[1_499]].mixed.isNull)
    for limit in [1, 20, 400] { #expect(try run(rows, sort: "mixed", limit: limit) == Array(all.prefix(limit))) }
  }

  @Test("Without an order, no more rows are read than are wanted")
  func streaming() throws {
    var random = SeededGenerator(seed: 1)
    let rows = (0..<10).map { Self.row($0, &random) }
    var read = 0
    let listing = try Listing(fields, filter: nil, sort: nil, limit: 3, zone: .utc)
    try listing.run(
      parts: 2,
      { _, body in
        for row in rows {
          read += 1
          if try !body(row) { return }
        }
      }, emit: { _ in })
    #expect(read == 3)
  }

  @Test("Fields of a group are found, also where a field is called like the group")
  func groups() throws {
    var random = SeededGenerator(seed: 3)
    let rows = (0..<50).map { Self.row($0, &random) }
    #expect(try run(rows, filter: "text.length = 2") == rows.filter { $0.text?.utf8.count == 2 }.map(\.number))
    #expect(try run(rows, filter: "text = 'a'") == rows.filter { $0.text == "a" }.map(\.number))
    #expect(try run(rows, filter: "deep.er.count = 1") == rows.filter { $0.count == 1 }.map(\.number))
  }

  @Test(
    "A field that is not there is an error that names those there are",
    arguments: ["nope", "deep.nope", "deep.er.nope", "text.nope", "deep"])
  func unknownFields(name: String) throws {
    var random = SeededGenerator(seed: 4)
    let rows = [Self.row(0, &random)]
    let start = "there is no field '\(name)'; fields are number, count, text"
    let chosen = #expect(throws: ListingError.self) { try fields.fields(named: ["number", name]) }
    #expect(chosen?.description.hasPrefix(start) == true)
    let sorted = #expect(throws: ListingError.self) { try run(rows, sort: "-" + name) }
    #expect(sorted?.description.hasPrefix(start) == true)
    // A group by itself is a record, which is equal to nothing.
    guard name != "deep" else { return }
    let filtered = #expect(throws: ListingError.self) { try run(rows, filter: "number >= 0 and \(name) = 1") }
    #expect(filtered?.description.hasPrefix(start) == true)
  }

  @Test(
    "A filter that is no expression is refused before any row is read",
    arguments: ["1 +", "count >", "(", "count = 'a"])
  func noExpression(filter: String) throws {
    #expect(throws: (any Error).self) { try Listing(fields, filter: filter, sort: nil, limit: nil, zone: .utc) }
  }

  @Test("Of fields with the same name the first counts")
  func repeatedNames() throws {
    let fields = FieldSet<Int>([
      Field("a", "FIRST", .count) { Value($0) }, Field("b", "B", .count) { Value($0) },
      Field("a", "SECOND", .count) { _ in .null },
    ])
    #expect(fields.all.map(\.title) == ["FIRST", "B"])
    #expect(fields.field(named: "a")?.title == "FIRST")
    #expect(fields.field(named: "b")?.title == "B")
  }
}
