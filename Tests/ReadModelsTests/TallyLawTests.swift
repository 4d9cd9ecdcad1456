import BinaryCoding
import Events
import GeneratedEvents
import ReadModels
import Testing

/// What lets tallies be kept by taking former parts out and putting new ones in. Each argument is the seed of the events.
@Suite("Every tally")
struct TallyLawTests {
  @Test("of a product obeys the laws", arguments: 0..<30)
  func product(seed: Int) throws { try checkLaws(seed, ProductState.self) }

  @Test("of a pair of products obeys the laws", arguments: 0..<30)
  func pair(seed: Int) throws { try checkLaws(seed, ProductPairState.self) }

  @Test("of a campaign obeys the laws", arguments: 0..<30)
  func campaign(seed: Int) throws { try checkLaws(seed, CampaignState.self) }

  @Test("has parts for the kinds of rows that it sums up, and for no other")
  func kinds() throws {
    let rows = try RandomRows(seed: 1)
    #expect(rows.messages.flatMap(ProductState.parts(of:)).isEmpty)
    #expect(rows.messages.flatMap(ProductPairState.parts(of:)).isEmpty)
    #expect(rows.people.flatMap(ProductPairState.parts(of:)).isEmpty)
    #expect(rows.orders.flatMap(CampaignState.parts(of:)).isEmpty)
    #expect(!rows.people.flatMap(ProductState.parts(of:)).isEmpty)
    #expect(!rows.messages.flatMap(CampaignState.parts(of:)).isEmpty)
  }

  @Test("can be taken back where its sums leave 64 bits")
  func wrapping() throws {
    let huge = try row([0x01, 0x41, 1, 0x01, 0x42] + greatest + [0] + greatest + greatest + [0] + greatest)
    let small = try row([0x01, 0x41, 1, 0x01, 0x42, 6, 0, 8, 10, 0, 12])
    var sum = huge
    sum.merge(small)
    #expect(sum != huge && sum.orders < 0)
    sum.subtract(small)
    #expect(sum == huge && sum.encoded() == huge.encoded())
    sum.merge(huge.negative)
    #expect(sum.isEmpty)
  }

  @Test("has a key of its own for each subject, also where names are alike")
  func keys() throws {
    let keys = [
      "\(ProductState(sku: "A").key)", "\(ProductState(sku: "a").key)", "\(ProductPairState("A", "B").key)",
      "\(ProductPairState("AB", "").key)", "\(CampaignState(campaign: "A", variant: nil).key)",
      "\(CampaignState(campaign: "A", variant: "").key)", "\(CampaignState(campaign: "A", variant: "B").key)",
      "\(CampaignState(campaign: "AB", variant: nil).key)", "\(CampaignState(campaign: "B", variant: "A").key)",
    ]
    #expect(Set(keys).count == keys.count)
    #expect("\(ProductPairState("B", "A").key)" == keys[2])
    #expect("\(ProductState.key(sku: "Ca\u{0300}"))" == "\(ProductState.key(sku: "C\u{00E0}"))")
    #expect("\(ProductState.key(sku: "A"))" == keys[0])
  }

  /// `Int64.max`, in the row's form.
  private let greatest: [UInt8] = [0xFE] + Array(repeating: 0xFF, count: 8) + [0x01]

  private func row(_ bytes: [UInt8]) throws -> ProductState {
    let state = try bytes.withUnsafeBytes { try ProductState.decode($0) }
    #expect(state.encoded() == bytes)
    return state
  }
}

/// Sums the parts of random rows in many ways.
private func checkLaws<State: TallyState>(_ seed: Int, _: State.Type) throws {
  let byRow: [[State]] = try RandomRows(seed: seed).partsByRow()
  #expect(byRow.allSatisfy { Set($0.map { "\($0.key)" }).count == $0.count }, "one part for a key")
  let parts = byRow.flatMap(\.self)
  var random = SeededGenerator(seed: UInt64(seed))
  let whole = Tallies(parts)
  #expect(parts.allSatisfy { !$0.isEmpty })
  try checkOrder(parts, whole, seed, &random)
  checkInverse(parts, whole, &random)
  for state in whole.rows.values { try checkCoding(state) }
}

private func checkOrder<State: TallyState>(
  _ parts: [State], _ whole: Tallies<State>, _ seed: Int, _ random: inout SeededGenerator
) throws {
  for round in 0..<3 {
    #expect(Tallies(parts.shuffled(using: &random)).encoded == whole.encoded, "another order of the parts")
    let same: [State] = try RandomRows(seed: seed, shuffle: round + 1).parts()
    #expect(Tallies(same).encoded == whole.encoded, "another order of the events")
  }
  // In two halves, one laid upon the other, either way.
  let middle = parts.isEmpty ? 0 : random.number(0..<parts.count)
  let (first, second) = (Tallies(Array(parts[..<middle])), Tallies(Array(parts[middle...])))
  for (a, b) in [(first, second), (second, first)] {
    var sum = a
    sum.add(Array(b.rows.values))
    #expect(sum == whole && sum.encoded == whole.encoded, "halves")
  }
}

private func checkInverse<State: TallyState>(
  _ parts: [State], _ whole: Tallies<State>, _ random: inout SeededGenerator
) {
  // Parts come in any order, also what is taken away before what it was taken from.
  let gone = parts.shuffled(using: &random).prefix(parts.count / 2)
  var sum = Tallies<State>()
  sum.take(Array(gone))
  sum.add(parts.shuffled(using: &random))
  sum.add(Array(gone))
  #expect(sum == whole && sum.encoded == whole.encoded, "taken away and put back")
  sum.take(parts.shuffled(using: &random))
  #expect(sum.rows.isEmpty, "all parts taken away")
}

private func checkCoding<State: TallyState>(_ state: State) throws {
  for state in [state, state.negative] {
    let row = state.encoded()
    let decoded = try row.withUnsafeBytes { try State.decode($0) }
    #expect(decoded == state && decoded.encoded() == row && decoded.isSameSubject(as: state))
    for count in 0..<row.count {
      #expect(throws: CodingError.self, "a row cut after \(count) bytes") {
        try Array(row[..<count]).withUnsafeBytes { try State.decode($0) }
      }
    }
  }
}
