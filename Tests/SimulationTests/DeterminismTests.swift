import Simulation
import Testing

@Suite("A simulation is determined by its options")
struct DeterminismTests {
  @Test("The bytes of a small shop are pinned for ever")
  func pinnedShop() throws {
    #expect(try Recording.shop().fingerprint == 0x1FBF_C41A_108F_A7AE)
  }

  @Test("The bytes of the coffee scenario are pinned for ever")
  func pinnedCoffee() throws {
    #expect(try Recording.coffee(seed: 1).fingerprint == 0x49BC_04EF_DA33_CCFC)
  }

  @Test("The same options give the same bytes and the same truth")
  func sameOptions() throws {
    let (first, second) = (try Recording.shop(), try Recording.shop())
    #expect(first.lines == second.lines)
    #expect(first.truth.map(\.key) == second.truth.map(\.key))
    #expect(first.truth.map(\.person) == second.truth.map(\.person))
  }

  @Test("Two seeds have no event in common")
  func differentSeeds() throws {
    let first = Set(try Recording.shop { $0.seed = 1 }.lines)
    let second = Set(try Recording.shop { $0.seed = 2 }.lines)
    #expect(first.isDisjoint(with: second))
  }

  @Test("Asking for the truth changes no byte")
  func truthIsOptional() throws {
    var options = SimulationOptions()
    options.customers = 300
    options.days = 60
    var lines: [[UInt8]] = []
    try simulate(options, event: { lines.append(Array($0)) })
    #expect(try lines == Recording.shop().lines)
  }

  @Test("Late and repeated deliveries change when events come, not what they say")
  func deliveryLeavesContent() throws {
    let plain = try Recording.shop { ($0.late, $0.repeats) = (0, 0) }
    let disturbed = try Recording.shop { ($0.late, $0.repeats) = (0.3, 0.2) }
    #expect(disturbed.lines.count > plain.lines.count)
    #expect(disturbed.lines != plain.lines)
    #expect(Set(disturbed.lines) == Set(plain.lines))
  }

  @Test("Junk changes the identifiers of its share of the events and nothing else")
  func junkLeavesOthers() throws {
    let plain = try Recording.shop { $0.junk = 0 }
    let dirty = try Recording.shop { $0.junk = 0.1 }
    try #require(plain.lines.count == dirty.lines.count)
    let changed = zip(plain.lines, dirty.lines).filter { $0 != $1 }.count
    #expect(changed > plain.lines.count / 30 && changed < plain.lines.count / 8)
    for (left, right) in zip(try plain.events(), try dirty.events()) {
      #expect(left.key == right.key && left.type == right.type && left.time == right.time)
    }
  }
}
