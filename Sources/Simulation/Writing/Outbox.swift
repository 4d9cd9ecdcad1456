/// Holds written events until they are delivered: at once, late, or twice.
///
/// The bytes of what is under way are kept, so memory grows with the events written ahead of time, never with those
/// already delivered.
struct Outbox {
  private struct Letter {
    var bytes: [UInt8] = []
    var source = 0..<0
    var id = 0..<0
    var person = 0
    var deliveriesLeft = 0
  }

  private struct Delivery {
    var letter: Int32
    var isRepeat: Bool
  }

  private let late: Share
  private let repeats: Share
  private let end: Milliseconds
  private var random: RandomSource
  private var queue = TimeOrderedQueue<Delivery>()
  private var letters: [Letter] = []
  private var freeLetters: [Int32] = []

  init(late: Double, repeats: Double, end: Milliseconds, seed: UInt64) {
    (self.late, self.repeats, self.end) = (Share(late), Share(repeats), end)
    random = RandomSource(seed: seed, stream: .delivery)
  }

  /// Takes over what the writer has written; an event after the end of the simulated time is dropped.
  mutating func accept(_ writer: inout EventWriter, person: Int) {
    let isLate = late.happens(&random)
    let isRepeated = repeats.happens(&random)
    let lateness = isLate ? min(10 * .minute + random.wait(mean: .day), 6 * .day) : 0
    let pause = isRepeated ? repeatPause() : 0
    guard writer.time < end else { return }
    let letter = store(&writer, person: person, deliveries: isRepeated ? 2 : 1)
    queue.insert(Delivery(letter: letter, isRepeat: false), at: writer.time + lateness)
    guard isRepeated else { return }
    queue.insert(Delivery(letter: letter, isRepeat: true), at: writer.time + lateness + pause)
  }

  private mutating func repeatPause() -> Milliseconds {
    let mean: Milliseconds = random.chance(500) ? .minute : .day
    return .second + random.wait(mean: mean)
  }

  private mutating func store(_ writer: inout EventWriter, person: Int, deliveries: Int) -> Int32 {
    let index = freeLetters.popLast() ?? Int32(letters.count)
    if Int(index) == letters.count { letters.append(Letter()) }
    let source = writer.sourceRange
    let id = writer.idRange
    letters[Int(index)].source = source
    letters[Int(index)].id = id
    letters[Int(index)].person = person
    letters[Int(index)].deliveriesLeft = deliveries
    letters[Int(index)].bytes.removeAll(keepingCapacity: true)
    letters[Int(index)].bytes.append(contentsOf: writer.bytes)
    return index
  }

  /// Hands over every delivery that is due before `time`. O(log n) for each, n deliveries being under way.
  mutating func release(before time: Milliseconds, event: EventSink, truth: TruthSink?) throws {
    while let due = queue.nextTime, due < time, let (_, delivery) = queue.popFirst() {
      try deliver(delivery, event: event, truth: truth)
    }
  }

  private mutating func deliver(_ delivery: Delivery, event: EventSink, truth: TruthSink?) throws {
    let index = Int(delivery.letter)
    try letters[index].bytes.withUnsafeBufferPointer { try event($0) }
    if let truth, !delivery.isRepeat {
      let letter = letters[index]
      try truth(
        String(decoding: letter.bytes[letter.source], as: UTF8.self),
        String(decoding: letter.bytes[letter.id], as: UTF8.self), letter.person)
    }
    letters[index].deliveriesLeft -= 1
    if letters[index].deliveriesLeft == 0 { freeLetters.append(delivery.letter) }
  }
}
