import JSON
import Schemas
import Testing
import Upcasting

@Suite("Chains of upcasters") struct ChainTests {
  private static let first = #"{"move": {"from": "/a", "to": "/b"}}, {"convert": {"at": "/n", "to": "string"}}"#
  private static let second =
    #"{"wrap": {"at": "/b", "as": "c"}}, {"merge": {"from": ["/n", "/m"], "separator": "-", "to": "/n"}}"#

  private func chain() throws -> Upcasters {
    try Visits.upcasters(Self.second, from: 2, beside: try Visits.upcasters(Self.first))
  }

  @Test("A chain names the versions that an event passes through")
  func versions() throws {
    let chain = try chain()
    #expect(chain.chain(type: Visits.type, from: 1) == [2, 3])
    #expect(chain.chain(type: Visits.type, from: 2) == [3])
    #expect(chain.chain(type: Visits.type, from: 3) == [] && chain.chain(type: "shop.left", from: 1) == [])
    #expect(try Visits.upcasters(Self.second, from: 2).chain(type: Visits.type, from: 1) == [])
    #expect(Upcasters.builtIn.chain(type: "order.placed", from: 1) == [2])
  }

  @Test("Only a type and version that an upcaster takes is not current")
  func current() throws {
    let chain = try chain()
    #expect(!chain.isCurrent(Visits.type, 1) && !chain.isCurrent(Visits.type, 2))
    for (type, version) in [(Visits.type, 3), (Visits.type, 0), (Visits.type, -1), ("shop.visitee", 1), ("", 1)] {
      #expect(chain.isCurrent(type, version))
    }
    #expect(Upcasters().isEmpty && !chain.isEmpty && Upcasters().isCurrent(Visits.type, 1))
  }

  /// Data with some of the members that the steps know, and some that they do not.
  private func data(_ random: inout SeededGenerator) -> String {
    func value() -> String {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: "\"\(Int.random(in: 0..<100, using: &random)) ₫\""
      case 1: "\(Int64.random(in: .min ... .max, using: &random))\(Int64.random(in: 0 ... .max, using: &random))"
      case 2: "0.\(UInt64.random(in: 0 ... .max, using: &random))0"
      case 3: "true"
      case 4: #"{"x":[1.0,{"y":null}]}"#
      default: #"["\\\"","é"]"#
      }
    }
    var members: [String] = []
    for name in ["a", "n", "m", "o", "p/q"] where Bool.random(using: &random) {
      members.append(
        "\"\(name)\":\(name == "n" || name == "m" ? "\(Int.random(in: 0..<1000, using: &random)).50" : value())")
    }
    return "{\(members.shuffled(using: &random).joined(separator: ","))}"
  }

  @Test("A chain does what its upcasters do one after another, and the same each time", arguments: 0..<20)
  func composition(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (first, second) = (try Visits.upcasters(Self.first), try Visits.upcasters(Self.second, from: 2))
    let upcasting = Upcasting(try chain())
    for _ in 0..<50 {
      let event = Visits.event(data(&random))
      let once = try upcasting.events(event)
      #expect(try once == first.events(event).flatMap(second.events), "seed \(seed): \(event)")
      #expect(try once == upcasting.events(event), "seed \(seed): \(event)")
      #expect(try once == Upcasting(chain()).events(event), "seed \(seed): \(event)")
    }
  }

  @Test("An event of the newest version, or of a type without upcasters, is handed on as it is", arguments: 0..<10)
  func untouched(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let upcasting = Upcasting(try chain())
    let parser = JSONParser()
    for _ in 0..<50 {
      let data = data(&random)
      for event in [
        Visits.event(data, version: 3), Visits.event(data, type: "shop.left"), Visits.event(data, version: 9),
      ] {
        var calls = 0
        try upcasting.forEach(try parser.parse(event.utf8)) { value, isDerived in
          var writer = JSONWriter()
          writer.value(value)
          #expect(writer.text == event && !isDerived, "seed \(seed)")
          calls += 1
        }
        #expect(calls == 1)
      }
    }
  }

  @Test("What is no event is handed on, so that its reader can say so")
  func noEvents() throws {
    for text in ["7", "{}", #"{"type":"shop.visited","version":"1"}"#, #"{"type":7,"version":1}"#] {
      #expect(try chain().events(text) == [text])
    }
  }

  @Test("The fingerprint follows from what the upcasters do, whatever the order in which they were added")
  func fingerprint() throws {
    let chain = try chain()
    let reversed = try Visits.upcasters(Self.first, beside: try Visits.upcasters(Self.second, from: 2))
    #expect(chain.fingerprint == reversed.fingerprint)
    let others = [
      Upcasters(), try Visits.upcasters(Self.first), try Visits.upcasters(""), try Visits.upcasters("", from: 2),
      try Visits.upcasters(#"{"drop": {"at": "/a"}}"#), try Visits.upcasters(#"{"drop": {"at": "/b"}}"#), chain,
    ]
    #expect(Set(others.map(\.fingerprint)).count == others.count)
    #expect(
      try Visits.upcasters(#"{ "drop" : {"at": "/a"} }"#).fingerprint
        == Visits.upcasters(#"{"drop":{"at":"/a"}}"#).fingerprint)
  }

  @Test("An error that the caller throws comes back, and the next event is taken")
  func callerErrors() throws {
    struct Refused: Error {}
    let upcasting = Upcasting(try chain())
    let parser = JSONParser()
    let event = Visits.event(#"{"a":1}"#)
    #expect(throws: Refused.self) { try upcasting.forEach(try parser.parse(event.utf8)) { _, _ in throw Refused() } }
    #expect(try upcasting.events(event) == [Visits.event(#"{"b":{"c":1}}"#, version: 3)])
  }
}
