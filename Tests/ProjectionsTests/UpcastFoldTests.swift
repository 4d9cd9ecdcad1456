import EventLog
import Events
import GeneratedEvents
import Identity
import Projections
import ReadModels
import Schemas
import Testing
import Upcasting

/// Events of old versions, and events that cannot be read.
@Suite("An event of an old version")
struct UpcastFoldTests {
  private static let type = "till.sale"

  /// Upcasters of a shop's own type from its first version to its second, by these steps.
  private static func settings(_ steps: String, example: String = "") throws -> FoldSettings {
    var catalogue = SchemaCatalogue.builtIn
    for version in 1...2 {
      let schema = #"{"$id": "urn:hoso:schema:\#(type):\#(version)", "title": "Sale", "type": "object"}"#
      catalogue = try catalogue.adding(schema, name: "\(version).json")
    }
    let before =
      #"{"id":"x","type":"\#(type)","time":"2026-01-01T00:00:00Z","source":"s","channel":"pos","ids":{"phone":"1"},"data":{}}"#
    let after = before.replacing(#""type":"\#(type)","#, with: #""type":"\#(type)","version":2,"#)
    let upcasters = try Upcasters.builtIn.adding(
      file: #"{"from": 1, "to": 2, "description": "for tests", "steps": [\#(steps)]}"#, name: "\(type)/2.upcast.json",
      examples: #"{"before":\#(before),"after":[\#(after)]}"#, examplesName: "2.upcast.ndjson", catalogue: catalogue)
    return FoldSettings(identifiers: .standard, upcasters: upcasters)
  }

  private static func sale(_ number: Int, _ data: String) -> GeneratedEvent {
    GeneratedEvent(
      time: Int64(number) * 1_000_000, source: "till", id: "s\(number)", type: type, channel: "pos",
      ids: [(type: "phone", value: "+8490123456\(number % 3)")], data: data)
  }

  @Test("folds as one of the newest would: an order of version 1 and its upcast are one state")
  func builtIn() throws {
    let ids = [(type: "email", value: "a@b.vn")]
    let data = #"{"order_id":"7","currency":"VND","total":280000,"items":[],"shipping":SHIPPING}"#
    func store(_ shipping: String, version: String) throws -> TestStore {
      let event = GeneratedEvent(
        time: 1_000_000, source: "web", id: "e1", type: "order.placed", ids: ids,
        data: data.replacing("SHIPPING", with: shipping))
      let text = event.text.replacing(#""time""#, with: version + #""time""#)
      let store = try TestStore()
      try store.append(documents: [Array(text.utf8)])
      return store
    }
    let old = try store("30000", version: "").project()
    let new = try store(#"{"amount":30000}"#, version: #""version":2,"#).project()
    #expect(try ProfileContents(old) == ProfileContents(new))
    let order = try old.read { try $0.order(id: "7") }
    #expect(order?.placed?.value.shipping?.minorUnits == 30_000)
  }

  @Test("may become several, which count as one event and lie once in each timeline")
  func several() throws {
    let steps = #"""
      {"emit": {"type": "order.placed", "version": 2, "id": "order", "when": "/order_id", "data": {"order_id": {"from": "/order_id"},
        "currency": {"value": "VND"}, "total": {"from": "/total"}, "items": {"value": []}}}},
      {"emit": {"type": "order.paid", "version": 1, "id": "paid", "when": "/order_id", "data": {"order_id": {"from": "/order_id"},
        "currency": {"value": "VND"}, "amount": {"from": "/total"}}}}
      """#
    let store = try TestStore([Self.sale(1, #"{"order_id":"o1","total":90000}"#)])
    let generation = try store.generations.openOrCreateLive()
    try Projector(generation, try Self.settings(steps)).catchUp(store.log)
    try generation.read { snapshot in
      let order = try #require(try snapshot.order(id: "o1"))
      #expect(order.total?.minorUnits == 90_000)
      #expect(order.paid["VND"] == 90_000)
      #expect(try snapshot.timeline(of: [EntityKey(.order, id: "o1").hash]) == [1])
      var events: [Int] = []
      try snapshot.forEachPerson { _, person in
        events.append(person.events)
        return true
      }
      #expect(events == [1])
    }
  }

  @Test("that cannot be brought to the newest is parked, and folded later as if it had never been", arguments: 0..<6)
  func parked(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let bad = #"{"convert": {"at": "/total", "to": "integer"}}"#
    let good =
      #"{"map": {"at": "/total", "values": {"many": "3"}, "otherwise": "keep"}}, {"convert": {"at": "/total", "to": "integer"}}"#
    let sales = (1...40).map {
      Self.sale($0, #"{"total":"\#(Int.random(in: 0..<4, using: &random) == 0 ? "many" : "2")"}"#)
    }
    let isBad = sales.filter { $0.text.contains("many") }
    let store = try TestStore(Array(sales.prefix(25)))
    let generation = try store.generations.openOrCreateLive()
    try Projector(generation, try Self.settings(bad)).catchUp(store.log)
    try store.append(Array(sales.dropFirst(25)))
    try Projector(generation, try Self.settings(bad)).catchUp(store.log)
    let parked = try generation.parked(limit: 100)
    #expect(parked.count == isBad.count)
    #expect(parked.allSatisfy { $0.reason.contains("till.sale") && $0.reason.contains("convert") })
    let retry = try Projector(generation, try Self.settings(good)).retryParked(store.log)
    #expect(retry.folded == isBad.count && retry.stillParked == 0)
    let whole = try store.generations.createNext()
    try Projector(whole, try Self.settings(good)).catchUp(store.log)
    #expect(try ProfileContents(generation) == ProfileContents(whole))
    #expect(try generation.parked(limit: 1).isEmpty)
    for number in 0..<3 {
      let subject = IdentifierKey(Identifier(type: "phone", value: "+8490123456\(number)")).hash
      let positions = try generation.read { try $0.timeline(of: [subject]) }
      #expect(positions == sales.indices.filter { ($0 + 1) % 3 == number }.map { Position($0) + 1 })
    }
  }

  @Test("keeps counting as read by the old upcasters where a generation is made of another one's states")
  func fingerprint() throws {
    let (old, new) = (
      try Self.settings(#"{"drop": {"at": "/a"}}"#), try Self.settings(#"{"drop": {"at": "/b"}}"#)
    )
    let store = try TestStore([Self.sale(1, "{}")])
    let generation = try store.generations.openOrCreateLive()
    try Projector(generation, old).catchUp(store.log)
    let regrouped = try store.generations.createNext()
    try Regrouping(new).fill(regrouped, from: generation)
    #expect(try regrouped.settings()?.readsLike(old) == true)
    #expect(try regrouped.settings()?.readsLike(new) == false)
  }

  @Test("that still cannot be brought to the newest stays parked, with its reason")
  func stillParked() throws {
    let settings = try Self.settings(#"{"convert": {"at": "/total", "to": "integer"}}"#)
    let store = try TestStore([Self.sale(1, #"{"total":"many"}"#), Self.sale(2, #"{"total":"2"}"#)])
    let generation = try store.generations.openOrCreateLive()
    try Projector(generation, settings).catchUp(store.log)
    let before = try ProfileContents(generation)
    let retry = try Projector(generation, settings).retryParked(store.log)
    #expect(retry.folded == 0 && retry.stillParked == 1)
    #expect(try ProfileContents(generation) == before)
    #expect(try generation.parked(limit: 9).map(\.position) == [1])
  }
}
