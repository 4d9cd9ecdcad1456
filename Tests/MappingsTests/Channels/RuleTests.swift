import Mappings
import Testing

@Suite("Named values, kinds, defaults and what is left out")
struct RuleTests {
  @Test("A name of `let` may use those before it, and is asked of the document also within a list")
  func bindings() throws {
    let keys = """
      documents: =orders
      let:
        shop: =parent.shop
        name: =concat(@shop, '-', name)
        lines: =filter(lines, n > 1)
      events:
      \(rule("data: {name: =@name, lines: {each: =@lines, n: =n, order: =@name, own: =name}}", id: "=@name"))
      """
    #expect(
      try told(
        #"{"shop":"A","orders":[{"name":"x","lines":[{"n":1},{"n":2,"name":"own"}]},{"name":"y","lines":[{"n":3}]}]}"#,
        keys) == [
          #"A-x {"name":"A-x","lines":[{"n":2,"order":"A-x","own":"own"}]}"#,
          #"A-y {"name":"A-y","lines":[{"n":3,"order":"A-y"}]}"#,
        ])
  }

  @Test("A name is evaluated when it is first asked for, and once for each document")
  func lazy() throws {
    let keys = """
      let:
        bad: =error('asked for')
        rounded: =money(n, 'VND')
        unused: =@bad
      events:
      \(rule("when: '=n != 7', data: {a: =@rounded, b: =@rounded, c: {each: =list, d: =@rounded}}"))
      \(rule("when: '=n = 7', data: {a: =@unused}"))
      """
    let found = try bodies(
      ofJSON: #"[{"id":1,"n":1.5,"list":[{},{}]},{"id":2,"n":2.5},{"id":3,"n":7},{"id":4,"n":4}]"#, channel(keys))
    let warnings = found.flatMap(\.outcomes).map { outcome -> [String]? in
      if case .events(_, let warnings) = outcome { warnings } else { nil }
    }
    let rounded = "amounts had more decimals than VND has, and were rounded"
    #expect(warnings == [[rounded], [rounded], nil, []])
    #expect(found[2].outcomes == [.failed(reason: "a.b in line 11 of the mapping: data.a: asked for")])
  }

  /// What a rule is for, as a mapping file writes it.
  private enum Selector: CaseIterable {
    case none, one, several, otherwise

    func kinds(_ random: inout SeededGenerator) -> [String]? {
      switch self {
      case .none: nil
      case .one: ["k\(Int.random(in: 0..<5, using: &random))"]
      case .several: (0..<5).filter { $0 == 0 || Bool.random(using: &random) }.map { "k\($0)" }
      case .otherwise: ["otherwise"]
      }
    }
  }

  private struct Rule {
    let kinds: [String]?
    /// The condition is that the document's `n` is less.
    let limit: Int?

    func isFor(_ kind: String, known: Set<String>) -> Bool {
      guard let kinds else { return true }
      return kinds == ["otherwise"] ? !known.contains(kind) : kinds.contains(kind)
    }

    func holds(_ n: Int) -> Bool { limit.map { n < $0 } ?? true }

    var yaml: String {
      let kinds = kinds.map { $0 == ["otherwise"] ? "of: otherwise, " : "of: [\($0.joined(separator: ", "))], " } ?? ""
      return kinds + (limit.map { "when: '=n < \($0)', " } ?? "")
    }

    static func random(_ generator: inout SeededGenerator, hasCondition: Bool) -> Rule {
      let selector = Selector.allCases.randomElement(using: &generator) ?? .none
      let limit = hasCondition ? Int.random(in: 0...9, using: &generator) : nil
      return Rule(kinds: selector.kinds(&generator), limit: limit)
    }
  }

  @Test("Which rules a document meets follows from its kind alone, and unknown kinds are refused", arguments: 0..<200)
  func dispatch(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let skips = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      var rule = Rule.random(&random, hasCondition: true)
      if rule.kinds != nil, Bool.random(using: &random) { rule = Rule(kinds: rule.kinds, limit: nil) }
      return rule
    }
    let rules = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      Rule.random(&random, hasCondition: Bool.random(using: &random))
    }
    var keys = "kind: =kind\n"
    if !skips.isEmpty {
      keys += "skip:\n" + skips.enumerated().map { "  - {\($1.yaml)reason: skip \($0)}\n" }.joined()
    }
    keys += "events:\n" + rules.enumerated().map { rule("\($1.yaml)data: {rule: \($0)}") }.joined()
    let known = Set((rules + skips).compactMap(\.kinds).filter { $0 != ["otherwise"] }.joined())
    let takesAll = rules.contains { $0.kinds == nil || $0.kinds == ["otherwise"] }
    for _ in 0..<10 {
      let (kind, n) = ("k\(Int.random(in: 0..<7, using: &random))", Int.random(in: 0...9, using: &random))
      let events = rules.enumerated().filter { $1.isFor(kind, known: known) && $1.holds(n) }
      let expected: [String] =
        if let skip = skips.firstIndex(where: { $0.isFor(kind, known: known) && $0.holds(n) }) {
          ["filtered: skip \(skip)"]
        } else if !known.contains(kind), !takesAll {
          ["failed in line 1: nothing takes documents of the kind '\(kind)'"]
        } else {
          events.isEmpty ? ["filtered: no event rule applies"] : events.map { "1 {\"rule\":\($0.offset)}" }
        }
      let found = try told(#"{"id":1,"kind":"\#(kind)","n":\#(n)}"#, keys)
      #expect(
        zip(found, expected).allSatisfy { $0.hasPrefix($1) } && found.count == expected.count,
        "seed \(seed): \(kind), n = \(n): \(found), expected \(expected)\n\(keys)")
    }
  }

  @Test("A kind that nothing names is refused with the nearest one, and so is a document without a kind")
  func unknownKinds() throws {
    let keys = "kind: =type\nskip: [{of: ping, reason: a ping}]\nevents:\n" + rule("of: [sale, 7]")
    let found = try told(
      #"[{"id":1,"type":"sale"},{"id":2,"type":7},{"type":"ping"},{"type":"sales"},{"type":"xyzzy"},{"type":null}]"#,
      keys)
    #expect(
      found == [
        "1", "2", "filtered: a ping",
        "failed in line 1: nothing takes documents of the kind 'sales'; the nearest kind is 'sale'",
        "failed in line 1: nothing takes documents of the kind 'xyzzy'",
        "failed in line 1: nothing says what kind of document this is; see `kind` in the mapping",
      ])
    let all = keys + rule("of: otherwise, data: {type: =type}")
    #expect(
      try told(#"[{"id":1,"type":"x"},{"id":2},{"type":"ping"}]"#, all) == [
        #"1 {"type":"x"}"#, "2", "filtered: a ping",
      ])
  }

  @Test("A rule takes from `defaults` what it does not say itself, asked of the document also for an element")
  func defaults() throws {
    let keys = """
      defaults: {time: =epoch(at), source: shop, channel: web, store: =store, ids: {customer_id: =who, email: =mail}}
      events:
        - {type: a.plain, id: =id}
        - {type: a.own, id: =id, time: =epoch(other), source: =source, channel: pos, store: '', ids: {phone: =who}}
        - {type: a.nobody, id: =id, ids: {}}
        - {type: a.element, each: =list, id: =id, data: {who: =who}}
        - {type: a.mixed, each: =list, id: =id, store: =store, ids: {customer_id: =who}}
      """
    let body =
      #"{"id":1,"at":0,"other":1,"source":"own","who":7,"mail":"a@b.vn","store":"S","list":[{"id":2,"at":5,"who":8,"store":"T","mail":"x"}]}"#
    let start = #"{"id":"1","type":"a."#
    #expect(
      try outcomes(ofJSON: body, channel(keys)).map(\.shown) == [
        start
          + #"plain","time":"1970-01-01T00:00:00Z","source":"shop","channel":"web","store":"S","ids":{"customer_id":"7","email":"a@b.vn"}}"#,
        start + #"own","time":"1970-01-01T00:00:01Z","source":"own","channel":"pos","ids":{"phone":"7"}}"#,
        start + #"nobody","time":"1970-01-01T00:00:00Z","source":"shop","channel":"web","store":"S"}"#,
        #"{"id":"2","type":"a.element","time":"1970-01-01T00:00:00Z","source":"shop","channel":"web","store":"S","ids":{"customer_id":"7","email":"a@b.vn"},"data":{"who":8}}"#,
        #"{"id":"2","type":"a.mixed","time":"1970-01-01T00:00:00Z","source":"shop","channel":"web","store":"T","ids":{"customer_id":"8"}}"#,
      ])
  }

  @Test("A document is left out for the first reason that holds, before anything of it is evaluated")
  func skips() throws {
    let keys = """
      kind: =type
      skip:
        - {when: =test = true, reason: a test}
        - {of: [a, b], when: =n > 5, reason: too many}
        - {of: b, reason: b is never wanted}
      events:
      \(rule("of: [a, b, c], data: {n: =1 / n}"))
      """
    let found = try told(
      #"[{"type":"a","test":true,"n":9},{"type":"a","n":9},{"type":"b","n":9},{"type":"b","n":0},{"type":"z","test":true},{"type":"c","id":1,"n":1},{"type":"c","id":1,"n":0}]"#,
      keys)
    #expect(
      found.dropLast() == [
        "filtered: a test", "filtered: too many", "filtered: too many", "filtered: b is never wanted",
        "filtered: a test", #"1 {"n":1}"#,
      ])
    #expect(found.last?.contains(" of the mapping: data.n: ") == true)
  }

  @Test("An event whose time is that of its delivery is marked, and no other one of the input")
  func arrival() throws {
    let keys = """
      let: {when: '=coalesce(epoch(at), received())', seen: =arrival(iso_date(seen)), never: =received()}
      events:
        - {type: a.b, id: =id, time: '=coalesce(@seen, @when)', source: s, channel: web}
        - {type: a.c, when: =more = true, id: "=concat(id, '-more')", time: =epoch(0), source: s, channel: web}
      """
    let found = try bodies(
      ofJSON:
        #"[{"id":1,"at":5},{"id":2},{"id":3,"at":7,"more":true},{"id":4,"seen":"2026-01-01"},{"id":5,"more":true},{"id":6,"at":0}]"#,
      channel(keys))
    let marks = found.flatMap(\.outcomes).map { $0.events.map(\.timeIsArrival) }
    #expect(marks == [[false], [true], [false, false], [true], [true, false], [false]])
    #expect(String(decoding: found[1].outcomes[0].events[0].json, as: UTF8.self).contains("2026-06-01T00:00:00Z"))
    #expect(String(decoding: found[3].outcomes[0].events[0].json, as: UTF8.self).contains("2025-12-31T17:00:00Z"))
  }

  @Test("Amounts that had to be rounded are warned of, each time; what is exact is not")
  func warnings() throws {
    let keys =
      "events:\n" + rule("data: {a: '=money(a, currency)', list: {each: =list, b: '=money(this, parent.currency)'}}")
    let found = try bodies(
      ofJSON:
        #"[{"id":1,"currency":"USD","a":1.005,"list":[1,2.0000,0.999,"3.14159"]},{"id":2,"currency":"VND","a":10.00},{"id":3,"currency":"VND","a":0.5}]"#,
      channel(keys))
    let outcomes = found.flatMap(\.outcomes)
    func sentence(_ currency: String) -> String { "amounts had more decimals than \(currency) has, and were rounded" }
    #expect(
      outcomes.map { if case .events(_, let warnings) = $0 { warnings } else { ["refused"] } }
        == [[String](repeating: sentence("USD"), count: 3), [], [sentence("VND")]])
    #expect(
      try told(#"{"id":1,"currency":"USD","a":1.005,"list":[1,2.0000,0.999,"3.14159"]}"#, keys)
        == [#"1 {"a":1.01,"list":[{"b":1},{"b":2},{"b":1},{"b":3.14}]}"#])
  }

  @Test("`error` refuses the document where it is reached, with its text")
  func errors() throws {
    let keys =
      "events:\n" + rule("data: {a: \"=if(ok, 1, error(concat('no ', what)))\"}", id: "=coalesce(id, error(\"no id\"))")
    #expect(
      try told(#"[{"id":1,"ok":true},{"id":2,"ok":false,"what":"luck"},{"ok":true},{"id":"","ok":true}]"#, keys) == [
        #"1 {"a":1}"#, "failed in line 1: a.b in line 5 of the mapping: data.a: no luck",
        "failed in line 1: a.b in line 5 of the mapping: id: no id", "failed in line 1: a.b in line 5 of the mapping: id: no id",
      ])
  }

  @Test("Nulls, empty texts, and records in which nothing is left are left out; lists are not")
  func empty() throws {
    let keys =
      "events:\n"
      + rule("data: {a: {b: =none, c: {d: ''}}, e: =record, f: {each: =list, x: =x}, g: =text, h: {i: 1}, j: =list2}")
    #expect(
      try told(#"{"id":1,"record":{},"list":[{},{"x":1},{"x":""}],"text":"","list2":[]}"#, keys)
        == [#"1 {"f":[{"x":1}],"h":{"i":1},"j":[]}"#])
    #expect(try told(#"{"id":1,"record":{"k":null}}"#, "events:\n" + rule("data: {e: =record}")).count == 1)
    #expect(try told(#"{"id":1,"props":{}}"#, "events:\n" + rule("data: =props")) == ["1"])
    #expect(try told(#"{"id":1,"props":null}"#, "events:\n" + rule("data: =props")) == ["1"])
    #expect(
      try told(#"{"id":1,"props":[1]}"#, "events:\n" + rule("data: =props"))
        == ["failed in line 1: a.b in line 5 of the mapping: data: expected a record"])
  }
}
