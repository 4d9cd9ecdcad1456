import EventLog
import Platform
import Projections
import Testing

@Suite struct ProjectingTests {
  private let events = (0..<40).map { event("\($0)", ids: #"{"email":"p\#($0 % 9)@example.com"}"#) }

  @Test("A rebuild gives the digest of the live read models and keeps one generation to go back to")
  func rebuilding() throws {
    let platform = try Shop().open(events)
    let live = try #require(try platform.status().projection)
    #expect(live.lag == 0)
    #expect(live.parked == 0)
    for number in 2...4 {
      let rebuilt = try platform.rebuild()
      #expect(rebuilt.generation == number)
      #expect(rebuilt.events == 40)
      #expect(rebuilt.promoted)
      #expect(rebuilt.digest == live.checkpoint.digest)
      #expect(try platform.generations.liveNumber() == number)
      #expect(try platform.generations.numbers() == [number - 1, number])
    }
  }

  @Test("A generation that is not promoted stays beside the live one")
  func withoutPromoting() throws {
    let platform = try Shop().open(events)
    var wish = RebuildWish()
    wish.promotes = false
    let rebuilt = try platform.rebuild(wish)
    #expect(!rebuilt.promoted)
    #expect(try platform.generations.states().map(\.state) == [.live, .ready])
    #expect(try platform.generations.liveNumber() == 1)
    #expect(try platform.generations.numbers() == [1, 2])
  }

  @Test("A status says how far the read models are behind the log")
  func status() throws {
    let shop = try Shop()
    let platform = try Platform(shop.directory, .creating)
    try platform.take(events, from: shop.parent)
    let before = try platform.status()
    #expect(before.log.last == 40)
    #expect(before.projection == nil)
    #expect(try platform.project().folded == 40)
    try platform.take([event("new")], from: shop.parent)
    #expect(try platform.status().projection?.lag == 1)
    #expect(try platform.project().folded == 1)
    let after = try #require(try platform.status().projection)
    #expect(after.lag == 0)
    #expect(after.generation == 1)
    #expect(after.checkpoint.people == 10)
    #expect(after.fileBytes > 0)
  }

  @Test("Read models that are far behind the log are built anew, and say the same as those that were changed")
  func farBehind() throws {
    let shop = try Shop()
    let platform = try Platform(shop.directory, .creating)
    try platform.take(events, from: shop.parent)
    try platform.project()
    platform.rebuiltLagMin = 10
    try platform.take((0..<9).map { event("few-\($0)") }, from: shop.parent)
    #expect(try platform.project().folded == 9)
    #expect(try platform.generations.liveNumber() == 1, "a short way is gone step by step")
    try platform.take((0..<20).map { event("many-\($0)", ids: #"{"phone":"090123456\#($0 % 5)"}"#) }, from: shop.parent)
    #expect(try platform.project().folded == 69)
    let built = try #require(try platform.status().projection)
    #expect(built.generation == 2 && built.lag == 0)
    platform.rebuiltLagMin = .max
    #expect(try platform.rebuild().digest == built.checkpoint.digest)
  }
}
