import EventLog
import Platform
import Projections
import Testing

@Suite struct GenerationChangeTests {
  private let shop: Shop
  private let platform: Platform

  init() throws {
    shop = try Shop()
    platform = try shop.open((0..<30).map { event("\($0)", ids: #"{"email":"p\#($0 % 7)@example.com"}"#) })
  }

  private func refusal(_ body: () throws -> Void) -> String? {
    let error = #expect(throws: ProjectionError.self) { try body() }
    return error?.description
  }

  @Test("Rolling back shows the former generation, and what it has not seen is folded next")
  func rollBack() throws {
    _ = try platform.rebuild()
    try platform.take([event("a"), event("b")], from: shop.parent)
    try platform.project()
    let digest = try platform.status().projection?.checkpoint.digest
    let back = try platform.rollBack()
    #expect(back.generation == 1 && back.former == 2 && back.lag == 2)
    #expect(try platform.status().projection?.lag == 2)
    #expect(try platform.project().folded == 2)
    #expect(try platform.status().projection?.checkpoint.digest == digest)
    #expect(try platform.rollBack().generation == 2, "a second one takes the first one back")
  }

  @Test("There is nothing to roll back to before a second generation was live")
  func nothing() throws {
    #expect(refusal { _ = try platform.rollBack() }?.hasPrefix("there is no former generation to go back to") == true)
    #expect(try platform.generations.liveNumber() == 1)
  }

  @Test("A generation that is ready is promoted; one that is not there, not finished, or live already is refused")
  func promote() throws {
    var wish = RebuildWish()
    wish.promotes = false
    let ready = try platform.rebuild(wish).generation
    try platform.generations.createNext().close()
    let underWay = try platform.generations.createNext()
    for (number, text) in [
      (1, "generation 1 is the live one already"), (9, "there is no generation 9; there are 1, 2, 3, 4"),
      (3, "generation 3 was never finished; 'hoso rebuild' builds another one"),
      (4, "generation 4 is being built and cannot be promoted yet"),
    ] {
      #expect(refusal { _ = try platform.promote(number) } == text)
      #expect(try platform.generations.liveNumber() == 1)
    }
    underWay.close()
    let promoted = try platform.promote(ready)
    #expect(promoted.generation == 2 && promoted.former == 1 && promoted.lag == 0)
    #expect(try platform.generations.numbers() == [1, 2], "what was never finished went with the promotion")
  }

  @Test("A list names each projection of each generation, also those that cannot be asked")
  func list() throws {
    _ = try platform.rebuild()
    let underWay = try platform.generations.createNext()
    defer { underWay.close() }
    let listed = try platform.projections()
    #expect(listed.count == 3 * ProjectionName.allCases.count)
    #expect(listed.map(\.generation) == [1, 1, 1, 2, 2, 2, 3, 3, 3])
    #expect(listed.filter { $0.state == .former }.allSatisfy { $0.lag == 0 && $0.generation == 1 })
    let profiles = try #require(listed.first { $0.name == .profiles && $0.state == .live })
    #expect(profiles.version == ProjectionName.profiles.version)
    #expect(profiles.digest == profiles.checkpoint?.digest(of: .profiles) && profiles.bytes > 0)
    #expect(listed.filter { $0.state == .building }.allSatisfy { $0.checkpoint == nil && $0.digest == nil })
  }

  @Test("Folding the log anew gives the digests of the live generation, and leaves nothing behind")
  func verify() throws {
    for lag in [0, 3] {
      try platform.take((0..<lag).map { event("more-\($0)") }, from: shop.parent)
      let verified = try platform.verifyDigests(ofGeneration: 1)
      #expect(verified.map(\.name) == ProjectionName.allCases)
      #expect(verified.allSatisfy { $0.isRight && $0.stored == $0.folded }, "\(lag) events behind")
      #expect(try platform.generations.numbers() == [1])
    }
    #expect(try platform.status().projection?.lag == 3, "the generation itself is left as it is")
  }
}
