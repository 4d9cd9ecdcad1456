import Events
import Expressions
import Testing

@Suite("Functions")
struct FunctionTests {
  /// Expression and the value as a message shows it, or the error.
  static let examples: [(String, String)] = [
    ("concat('order-', id)", "'order-A-1'"), ("concat('a', note)", "null"), ("concat(1.50, true)", "'1.5true'"),
    ("lower('ĐÀO')", "'đào'"), ("upper('đào')", "'ĐÀO'"), ("lower(note)", "null"), ("trim(' \u{A0}a b ')", "'a b'"),
    ("replace('a-b-c', '-', '')", "'abc'"), ("replace('aaa', 'aa', 'b')", "'ba'"), ("replace('abc', '', 'x')", "'abc'"),
    ("substring('Đào', 2)", "'ào'"), ("substring('Đào', 1, 1)", "'Đ'"), ("substring('ab', 9)", "''"),
    ("substring('ab', 0)", "error: expected an integer from 1 to 2147483647: 0, in `substring('ab', 0)`"),
    ("split('a,,b', ',')", "['a', '', 'b']"), ("split('', ',')", "['']"), ("split(note, ',')", "null"),
    ("starts_with(id, 'A')", "true"), ("starts_with(id, 'a')", "false"), ("starts_with(note, '')", "false"),
    ("ends_with(id, '-1')", "true"), ("ends_with(id, '-2')", "false"), ("length(name)", "14"), ("length(tags)", "2"),
    ("length(note)", "null"), ("text(1.50)", "'1.5'"), ("text(2026-03-01)", "'2026-03-01'"),
    ("text(2026-03-01T08:00:00+07:00)", "'2026-03-01T01:00:00Z'"), ("text(true)", "'true'"),
    ("text(tags)", "error: expected a text: a list of 2, in `text(tags)`"),
    ("coalesce(note, '', 'x')", "'x'"), ("coalesce(note)", "null"), ("coalesce(0, 1)", "0"),
    ("if(paid, 'yes', 'no')", "'yes'"), ("if(note, 'yes', 'no')", "'no'"), ("if(false, 1)", "null"),
    ("if(id, 1)", "error: expected true or false: 'A-1', in `id`"),
    ("map(id, {'A-1': 'a', 'B': 'b'})", "'a'"), ("map(code, {7: total})", "12.5"),
    ("map(id, {'x': 1}, 'other')", "'other'"),
    ("map(id, {'x': 1}, null)", "null"), ("map(note, {'x': 1})", "null"), ("map(note, {'x': 1}, 2)", "2"),
    ("map(id, {'x': 1})", "error: the map has no entry for this value and no fallback: 'A-1', in `map(id, {'x': 1})`"),
    ("number('1.50')", "1.5"), ("number(' 007 ')", "7"), ("number('')", "null"), ("number(note)", "null"),
    ("number('1.234.567,89', ',')", "1234567.89"), ("number('1,234.5', '.')", "1234.5"),
    ("number('-12 500', ',')", "-12500"),
    ("number('1,5', '.')", "error: this is not a number: '1,5', in `number('1,5', '.')`"),
    ("number('x')", "error: this is not a number: 'x', in `number('x')`"), ("number('1e3')", "1000"),
    ("abs(-1.5)", "1.5"), ("abs('2')", "2"), ("abs(note)", "null"),
    ("round(2.5)", "3"), ("round(-2.5)", "-3"), ("round(1.005, 2)", "1.01"), ("round(1.5, 5)", "1.5"),
    ("round(note, 2)", "null"),
    ("money_minor(1250, 'USD')", "12.5"), ("money_minor('250000', 'vnd')", "250000"),
    ("money_minor(1234, 'KWD')", "1.234"),
    ("money_minor(1, 'XXX')", "error: this is no ISO 4217 currency: 'XXX', in `money_minor(1, 'XXX')`"),
    ("date(created)", "2026-03-01T01:30:00Z"), ("date(placed, 'yyyy-MM-dd HH:mm')", "2026-03-01T01:30:00Z"),
    ("date(placed, 'yyyy-MM-dd HH:mm', 'UTC')", "2026-03-01T08:30:00Z"), ("date(note, 'yyyy')", "null"),
    ("date('')", "null"),
    ("epoch_seconds(1.5)", "1970-01-01T00:00:01.500Z"), ("epoch_seconds('1700000000')", "2023-11-14T22:13:20Z"),
    ("epoch_milliseconds(1700000000123)", "2023-11-14T22:13:20.123Z"),
    ("epoch_milliseconds(-0.0001)", "1969-12-31T23:59:59.999999Z"),
    (
      "epoch_seconds(99999999999999)",
      "error: the instant lies outside the years 0 to 9999: 99999999999999, in `epoch_seconds(99999999999999)`"
    ),
    ("day(2026-02-28T17:00:00Z)", "2026-03-01"), ("day(created)", "2026-03-01"), ("day(note)", "null"),
    ("sum(rows, quantity * price)", "12.5"),
    ("sum(rows, gift)", "error: this is not a number: 'yes', in `sum(rows, gift)`"),
    ("sum(missing, x)", "0"), ("sum(split('1,2', ','))", "3"),
    ("sum(id, 1)", "error: expected a list: 'A-1', in `sum(id, 1)`"),
    ("min(rows, quantity)", "'2'"), ("max(rows, quantity)", "'10'"), ("min(rows, sku)", "'a'"),
    ("max(rows, gift)", "'yes'"),
    ("min(missing)", "null"), ("min(split('10,9,x', ','))", "'10'"),
    ("max(rows, date(parent.created))", "2026-03-01T01:30:00Z"),
    ("count(rows)", "2"), ("count(rows, quantity > 5)", "1"), ("count(missing)", "0"),
    ("first(rows, gift)", "'yes'"), ("last(rows, sku)", "'b'"), ("first(rows, if(quantity > 5, sku))", "'b'"),
    ("first(tags)", "'vip'"),
    ("filter(rows, quantity > 5)", "[a record]"), ("filter(tags, this = 'vip')", "['vip']"),
    ("filter(missing, true)", "[]"),
    ("money(12.345, 'USD')", "12.35"), ("money('27.5', 'vnd')", "28"), ("money(note, 'VND')", "null"),
    (
      "money(1, note)",
      "error: nothing says the currency; set `currency` in hoso.yaml if the sender leaves it out, in `money(1, note)`"
    ),
    ("iso_date('2026-03-01T08:30:00.1234567+0700')", "2026-03-01T01:30:00.123456Z"),
    ("iso_date('2026-03-01 08:30')", "2026-03-01T01:30:00Z"),
    ("iso_date('2026-03-01 08:30:00 +07', 'UTC')", "2026-03-01T01:30:00Z"),
    ("iso_date('2026-03-01', 'UTC')", "2026-03-01T00:00:00Z"), ("iso_date(note)", "null"),
    ("epoch(1772328600)", "2026-03-01T01:30:00Z"), ("epoch('1772328600123')", "2026-03-01T01:30:00.123Z"),
    ("epoch(1772328600123456)", "2026-03-01T01:30:00.123456Z"),
    ("received()", "2026-06-01T00:00:00Z"),
    (
      "received() + 9000000000000",
      "error: so many seconds lead out of the calendar: 9000000000000, in `received() + 9000000000000`"
    ),
    ("received() - 0001-01-01T00:00:00Z", "63915868800"), ("arrival(created)", "'2026-03-01T08:30:00+07:00'"),
    ("header('X-Topic')", "'orders/create'"), ("header('x-other')", "null"), ("shop_currency()", "'VND'"),
    ("json('{\"a\": [1]}')", "'{\"a\": [1]}'"), ("json(note)", "null"), ("json('')", "null"),
    ("hash(without(customer, 'age')) = hash(customer)", "false"),
    ("hash(without(customer, 'x')) = hash(customer)", "true"), ("without(note, 'age')", "null"),
    ("scalars(note)", "null"), ("scalars(id)", "error: expected a record: 'A-1', in `scalars(id)`"),
    ("snake('Quiz Finished')", "'quiz_finished'"), ("snake('quizFinished')", "'quiz_finished'"),
    ("snake('HTTPRequest v2')", "'http_request_v2'"), ("snake('Đã xem giá!')", "'da_xem_gia'"), ("snake('—')", "null"),
    ("base64('eyJhIjoxfQ')", "'{\"a\":1}'"),
    ("base64('_-8=')", "error: this is no text in base64: '_-8=', in `base64('_-8=')`"),
    ("if(paid, 1, error('not paid'))", "1"), ("error('no id')", "error: no id"),
    ("hash('a')", "'740000000161'"), ("hash('a', null) = hash('a')", "false"), ("line()", "7"),
    ("file()", "'orders.csv'"),
  ]

  @Test("A function gives what its documentation says", arguments: examples)
  func example(source: String, expected: String) throws {
    #expect(try evaluate(source, order) == expected, "\(source)")
  }

  @Test("Every function has an example here")
  func completeness() {
    for function in Function.all {
      #expect(Self.examples.contains { $0.0.contains(function.name + "(") }, "\(function.name) has no example")
    }
  }

  @Test("Different values never have the same hash input")
  func hashInput() throws {
    let arguments = [
      "''", "'a', ''", "'', 'a'", "'a'", "null", "null, null", "1", "'1'", "true", "'true'", "2026-03-01",
      "'2026-03-01'",
      "split('a', ',')", "split('a,', ',')", "'ab'", "'a', 'b'", "tags", "this", "customer", "rows",
    ]
    var seen: [String: String] = [:]
    for argument in arguments {
      let full = try Expression("hash(\(argument))").value(of: order, in: try context()).plainText ?? ""
      #expect(seen.updateValue(argument, forKey: full) == nil, "\(argument) hashes like \(seen[full] ?? "")")
    }
    #expect(try evaluate("hash(1.0) = hash(1) and hash('é') = hash('e\u{301}')") == "true")
  }

  @Test("Elements see their own fields, themselves as `this` and the record around them only as `parent`")
  func scopes() throws {
    #expect(try evaluate("first(rows, id)", order) == "null")
    #expect(try evaluate("first(rows, parent.id)", order) == "'A-1'")
    #expect(try evaluate("first(rows, this.sku)", order) == "'a'")
    #expect(try evaluate("sum(rows, count(parent.tags, this = 'vip'))", order) == "2")
    #expect(
      try evaluate("sum(rows, count(parent.tags, parent.parent.id = 'A-1' and parent.quantity > 5))", order) == "2")
    #expect(try evaluate("parent.id", order) == "null")
    #expect(try evaluate("customer.email", order) == "'an@example.com'")
    #expect(try evaluate("`odd name`", order) == "'odd'")
    #expect(try evaluate("this['odd name']", order) == "'odd'")
    #expect(try evaluate("rows[1].sku", order) == "'b'")
    #expect(try evaluate("tags[0].x", order) == "null")
  }

  /// The fields of a record as messages show them.
  private func fields(_ source: String, _ record: any Record) throws -> [String] {
    guard case .record(let found) = try Expression(source).value(of: record, in: try context()) else { return [] }
    return found.names.map { "\($0) \(found.value(named: $0).listed)" }
  }

  @Test("A record without some of its fields has the others in their order, and the names that it lacks do no harm")
  func without() throws {
    #expect(try fields("without(customer, 'age')", order) == ["email 'an@example.com'"])
    #expect(try fields("without(customer, 'email', 'nothing')", order) == ["age 30"])
    #expect(try fields("without(customer, 'email', 'age')", order) == [])
    #expect(try fields("without(without(customer, 'x'), 'y')", order) == ["email 'an@example.com'", "age 30"])
  }

  @Test("The scalars of a record are those within it by their paths, lists of them as one text, nothing else")
  func scalars() throws {
    let record = Fields([
      "name": .text("An"), "empty": .text(""), "none": .null, "vip": .bool(true), "n": .number("1.50"),
      "address": .record(Fields(["city": .text("Huế"), "geo": .record(Fields(["lat": .number("16.46")]))])),
      "tags": .list([.text("a"), .number("2"), .text("c")]), "orders": .list([.record(Fields(["id": .number("1")]))]),
    ])
    #expect(
      try fields("scalars(this)", record).sorted() == [
        "address.city 'Huế'", "address.geo.lat 16.46", "empty ''", "n 1.5", "name 'An'", "tags 'a, 2, c'", "vip true",
      ])
  }

  @Test("A text cannot be grown without bound")
  func growth() throws {
    let long = "'" + String(repeating: "a", count: 8000) + "'"
    #expect(try evaluate("replace(\(long), 'a', \(long))").hasPrefix("error: the text grows beyond 1 MiB"))
  }
}
