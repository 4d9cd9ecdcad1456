import GeneratedEvents
import ReadModels
import Testing

@Suite("The touches of a message")
struct TouchTests {
  @Test("are its clicks and its opens by the person, each time once")
  func touches() throws {
    let data = #"{"message_id":1}"#
    let machine = event("email.opened", at: 3, #"{"message_id":1,"machine":true}"#)
    let open = event("email.opened", at: 2, data)
    let (again, click) = (event("message.opened", at: 2, data), event("email.clicked", at: 2, data))
    let state: MessageState = try folded([click, machine, open, again, event("email.sent", at: 1, data)])
    #expect(state.touches.touches == [Touch(.open, at: open.time), Touch(.click, at: open.time)])
    #expect(state.opens == 2)
  }

  @Test("are the latest hundred, in whatever order and parts they come", arguments: 0..<20)
  func limit(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let types = ["email.opened", "email.clicked"]
    let events = (0..<300).map { number in
      event(random.pick(types), at: Double(random.number(0..<200)), #"{"message_id":1}"#, id: "\(number)")
    }
    let distinct = Set(events.map { Touch($0.type == types[0] ? .open : .click, at: $0.time) })
    let state: MessageState = try folded(events)
    #expect(state.touches.touches == Array(distinct.sorted().suffix(TouchSet.countMax)))
    var merged: MessageState = try folded(Array(events[200...]))
    let (first, second): (MessageState, MessageState) = (
      try folded(Array(events[..<50])), try folded(Array(events[50..<200]))
    )
    merged.merge(first)
    merged.merge(second)
    #expect(merged.touches == state.touches)
    let shuffled: MessageState = try folded(events.shuffled(using: &random))
    #expect(shuffled.touches == state.touches)
    let row = state.encoded()
    #expect(try row.withUnsafeBytes { try MessageState.decode($0) }.touches == state.touches)
  }

  @Test("know their time and kind, also before 1970")
  func packing() {
    for time in [Int64(-1), 0, 1, -62_135_596_800_000_000, 253_402_300_799_999_999] {
      #expect(Touch(.open, at: time).time == time && Touch(.click, at: time).time == time)
      #expect(Touch(.open, at: time).kind == .open && Touch(.click, at: time).kind == .click)
      #expect(Touch(.open, at: time) < Touch(.click, at: time) && Touch(.click, at: time) < Touch(.open, at: time + 1))
    }
  }
}
