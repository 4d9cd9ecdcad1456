import Events
import JSON
import Mappings
import Testing

@Suite("Applying a mapping")
struct MappingRunTests {
  private let header = "number;state;placed;mail;price;sku\n"

  @Test("Rows of one key make one event, closed at the end or after so many other rows")
  func groups() throws {
    let csv =
      header + """
        1;paid;01/02/2026;an@example.com;10;a
        2;draft;;;;
        3;new;01/02/2026;;5;x
        1;paid;01/02/2026;;2.50;b
        """
    let found = try outcomes(of: csv, sound)
    #expect(
      found.map(\.shown) == [
        "filtered: draft", "filtered: no event rule applies",
        #"{"id":"order-1","type":"order.placed","time":"2026-01-31T17:00:00Z","source":"shop","channel":"web","ids":{"email":"an@example.com"},"data":{"order_id":"1","currency":"VND","total":12.5,"items":[{"sku":"a","quantity":1,"price":10},{"sku":"b","quantity":1,"price":2.5}]}}"#,
      ])
    #expect(found.map(\.lineCount) == [1, 1, 2])
    guard case .event(_, let lines, _) = found[2] else { throw Unexpected() }
    #expect(lines == 2...5)
  }

  private struct Unexpected: Error {}

  @Test("A group is closed after exactly within_rows other rows, and a later row of it fails")
  func withinRows() throws {
    func shown(_ others: Int) throws -> [String] {
      let between = (0..<others).map { "x\($0);draft;;;;\n" }.joined()
      let csv = header + "1;paid;01/02/2026;;1;a\n" + between + "1;paid;01/02/2026;;1;b\n"
      return try outcomes(of: csv, sound).map(\.shown).filter { !$0.hasPrefix("filtered") }
    }
    for others in [0, 1, 9] {
      let found = try shown(others)
      #expect(found.count == 1 && found[0].contains("\"total\":2,"), "\(others): \(found)")
    }
    for others in [10, 11, 25] {
      let found = try shown(others)
      #expect(found.count == 2 && found[0].contains("\"total\":1,"), "\(others): \(found)")
      #expect(
        found.last
          == "failed in line \(others + 3): the group '1' was closed after 10 rows without a row of it; raise `within_rows`"
      )
    }
  }

  @Test("However rows lie, groups are what a plain dictionary gives and every line is counted once", arguments: 0..<40)
  func groupsProperty(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let withinRows = Int.random(in: 1...12, using: &generator)
    let yaml = sound.replacingFirst("within_rows: 10", by: "within_rows: \(withinRows)")
    let count = Int.random(in: 1...80, using: &generator)
    var csv = header
    var expected: [String: Int] = [:]
    var newest: [String: Int] = [:]
    var closed: Set<String> = []
    for row in 0..<count {
      let key = "k\(Int.random(in: 0..<15, using: &generator))"
      let price = Int.random(in: 0...9, using: &generator)
      csv += "\(key);paid;01/02/2026;;\(price);s\n"
      if let last = newest[key], row - last > withinRows { closed.insert(key) }
      if closed.contains(key) { continue }
      newest[key] = row
      expected[key, default: 0] += price
    }
    let found = try outcomes(of: csv, yaml)
    var totals: [String: Int] = [:]
    let parser = JSONParser()
    for case .event(let json, _, _) in found {
      let data = try parser.parse(json)["data"]
      totals[data?["order_id"]?.string ?? "", default: 0] += Int(data?["total"]?.numberText ?? "") ?? -1000
    }
    #expect(totals == expected, "seed \(seed)")
    #expect(found.reduce(0) { $0 + $1.lineCount } == count, "seed \(seed)")
  }

  private let plain = """
    channel: shop
    input: csv
    time_zone: UTC
    events:
      - {type: a.b, id: =id, time: =at, source: s, channel: web, data: {n: '=number(n)', nested: {m: =m}, c: '', list: [1, =m, x]}}
      - {when: '=n = 2', type: c.d, id: '=concat(id, "-2")', version: 2, time: =at, source: s, channel: pos, store: =m, backfill: true}
    """

  @Test("A document makes an event for each rule that holds, counts its lines once, and leaves out what is empty")
  func severalEvents() throws {
    let found = try outcomes(
      of: "id,at,n,m\n1,2026-01-01T00:00:00+07:00,2,\"x\ny\"\n2,2026-01-01T00:00:00Z,3,\n", plain)
    #expect(
      found.map(\.shown) == [
        #"{"id":"1","type":"a.b","time":"2025-12-31T17:00:00Z","source":"s","channel":"web","data":{"n":2,"nested":{"m":"x\ny"},"list":[1,"x\ny","x"]}}"#,
        #"{"id":"1-2","type":"c.d","version":2,"time":"2025-12-31T17:00:00Z","source":"s","channel":"pos","store":"x\ny","backfill":true}"#,
        #"{"id":"2","type":"a.b","time":"2026-01-01T00:00:00Z","source":"s","channel":"web","data":{"n":3,"list":[1,"x"]}}"#,
      ])
    #expect(found.map(\.lineCount) == [2, 0, 1])
  }

  @Test("A document fails as a whole, with the place in the mapping and its original text")
  func failures() throws {
    let found = try outcomes(
      of:
        "id,at,n,m\n1,2026-01-01T00:00:00Z,2,\"a\"\"b\"\n2,then,3,m\n,2026-01-01T00:00:00Z,3,\n4,2026-01-01T00:00:00Z,x,\n",
      plain)
    #expect(found.map(\.lineCount) == [1, 0, 1, 1, 1])
    #expect(
      found.dropFirst(2).map(\.shown) == [
        "failed in line 3: a.b in line 5 of the mapping: time: 'then' is no instant: the digits of the year are missing at position 0; send RFC 3339, for example 2026-02-28T14:05:00+07:00; or read it with `date(...)`",
        "failed in line 4: a.b in line 5 of the mapping: id: this field must have a value, and here it is empty",
        "failed in line 5: a.b in line 5 of the mapping: data.n: this is not a number: 'x', in `number(n)`",
      ])
    guard case .failed(_, let source, _, _) = found[4] else { throw Unexpected() }
    // The rows stand behind the header of their file, so that they can be read again.
    #expect(String(decoding: source, as: UTF8.self).hasSuffix("\n4,2026-01-01T00:00:00Z,x,"))
    let grouped = try outcomes(of: header + "1;paid;bad;;1;a\n1;paid;bad;;1;\"b;\"\n", sound)
    guard case .failed(let reason, let rows, let line, let count) = grouped[0] else { throw Unexpected() }
    #expect(reason.hasPrefix("order.placed in line ") && reason.contains(" of the mapping: time: ") && line == 2 && count == 2)
    #expect(String(decoding: rows, as: UTF8.self) == header + "1;paid;bad;;1;a\n1;paid;bad;;1;\"b;\"")
  }

  private let json = """
    channel: shop
    input: json
    time_zone: Asia/Ho_Chi_Minh
    skip: [{when: =test, reason: test order}]
    events:
      - type: order.placed
        id: =id
        time: =date(created_at)
        source: shop
        channel: web
        ids: {customer_id: =customer.id}
        data:
          order_id: =id
          lines: {each: =line_items, when: =quantity > 0, sku: =sku, id: =id, order: =parent.id}
          whole: =customer
          tags: =tags
      - each: =refunds
        when: =amount > 0
        type: order.refunded
        id: =concat('refund-', id)
        time: =epoch_seconds(at)
        source: shop
        channel: web
        data: {order_id: =parent.id, amount: '=money_minor(amount, parent.currency)'}
    """

  @Test("JSON bodies: ids beyond 2^53 stay exact, elements make events, arrays hold documents")
  func jsonBodies() throws {
    let order = #"""
      {"id":9007199254740993,"created_at":"2026-03-01T08:00:00+07:00","currency":"USD","customer":{"id":12345678901234567890,"x":null,"big":1.50},"tags":["a",1,null],
      "line_items":[{"id":9223372036854775808,"sku":"a","quantity":1},{"id":2,"sku":"b","quantity":0}],
      "refunds":[{"id":7,"amount":1250,"at":1772328600},{"id":8,"amount":0},{"id":9,"amount":1,"at":"1772328600.5"}]}
      """#
    let found = try outcomes(ofJSON: "[\(order), {\"test\":true}, 7, {\"id\":\"x\"}]", json, line: 5)
    #expect(
      found.map(\.shown) == [
        #"{"id":"9007199254740993","type":"order.placed","time":"2026-03-01T01:00:00Z","source":"shop","channel":"web","ids":{"customer_id":"12345678901234567890"},"data":{"order_id":9007199254740993,"lines":[{"sku":"a","id":9223372036854775808,"order":9007199254740993}],"whole":{"id":12345678901234567890,"big":1.5},"tags":["a",1,null]}}"#,
        #"{"id":"refund-7","type":"order.refunded","time":"2026-03-01T01:30:00Z","source":"shop","channel":"web","data":{"order_id":9007199254740993,"amount":12.5}}"#,
        #"{"id":"refund-9","type":"order.refunded","time":"2026-03-01T01:30:00.500Z","source":"shop","channel":"web","data":{"order_id":9007199254740993,"amount":0.01}}"#,
        "filtered: test order", "failed in line 5: a body must be a JSON object, and this is a number",
        "failed in line 5: order.placed in line 6 of the mapping: time: this field must have a value, and here it is empty",
      ])
    #expect(found.map(\.lineCount) == [1, 0, 0, 0, 0, 0])
    #expect(try outcomes(ofJSON: "[]", json).map(\.shown) == ["filtered: the array is empty"])
    guard case .failed(_, let source, _, _) = found[5] else { throw Unexpected() }
    #expect(String(decoding: source, as: UTF8.self) == #"{"id":"x"}"#)
  }

  @Test("A failing element is named, and nothing of its document is made")
  func failingElement() throws {
    let found = try outcomes(
      ofJSON:
        #"{"id":1,"created_at":"2026-03-01T08:00:00Z","refunds":[{"id":7,"amount":0,"at":0},{"id":8,"amount":1,"at":0}]}"#,
      json)
    #expect(
      found.map(\.shown) == [
        "failed in line 1: order.refunded in line 17 of the mapping: element 1 of `each`: data.amount: nothing says the currency; set `currency` in hoso.yaml if the sender leaves it out, in `money_minor(amount, parent.currency)`"
      ])
  }

  @Test("A day as time is its first instant in the zone, and constants keep the type that they have in YAML")
  func dayAndConstants() throws {
    let yaml = """
      channel: a
      input: json
      time_zone: America/New_York
      events:
        - {type: a.b, id: =id, time: =day(at), source: 12, channel: web, data: {a: 1.50, b: "1.50", c: true, d: "true", e: 2026-01-01, f: yes, g: '=''=x''', h: 007}}
      """
    #expect(
      try outcomes(ofJSON: #"{"id":"1","at":"2026-07-01T03:00:00Z"}"#, yaml).map(\.shown) == [
        #"{"id":"1","type":"a.b","time":"2026-06-30T04:00:00Z","source":"12","channel":"web","data":{"a":1.50,"b":"1.50","c":true,"d":"true","e":"2026-01-01","f":"yes","g":"=x","h":"007"}}"#
      ])
  }
}
