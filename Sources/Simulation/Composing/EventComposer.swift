/// Knows how each event looks; when it happens is decided elsewhere.
///
/// Every method writes one event and puts it into the outbox.
struct EventComposer {
  var people: [Person] = []
  var outbox: Outbox
  var writer: EventWriter
  /// Digits of an account number.
  var customerDigits = 7
  /// Choices that change how something is written, never what happens.
  var wording: RandomSource
  private var junkSource: RandomSource
  private let junk: Share

  init(seed: UInt64, junk: Double, outbox: Outbox) {
    writer = EventWriter(seed: seed)
    wording = RandomSource(seed: seed, stream: .wording)
    junkSource = RandomSource(seed: seed, stream: .junk)
    self.junk = Share(junk)
    self.outbox = outbox
  }

  /// Starts an event that carries identifiers of a person, and its `data`.
  mutating func begin(
    _ type: StaticString, version: Int = 1, at time: Milliseconds, from origin: Origin, of person: Int, marks: Marks,
    browser: Browser? = nil, phoneForm: PhoneForm? = nil
  ) {
    writer.open(type, version: version, at: time, from: origin)
    writer.beginObject("ids")
    let start = writer.bytes.count
    identify(person, marks: marks, browser: browser, phoneForm: phoneForm)
    if junk.happens(&junkSource) { addJunk(from: start, marks: marks) }
    writer.endObject()
    writer.beginObject("data")
  }

  /// Starts an event that speaks of an order or a ticket only.
  mutating func begin(_ type: StaticString, at time: Milliseconds, from origin: Origin) {
    writer.open(type, at: time, from: origin)
    writer.beginObject("data")
  }

  /// Ends the event; `person` is the one who really acted.
  mutating func finish(_ person: Int) {
    writer.close()
    outbox.accept(&writer, person: person)
  }

  /// Adds a value that means nobody, under a type that the event does not carry; in one case of eight it takes the
  /// place of everything else. No event carries e-mail, phone and loyalty card at once.
  private mutating func addJunk(from start: Int, marks: Marks) {
    if junkSource.chance(125) {
      writer.bytes.removeSubrange(start...)
      writer.needsComma = false
    }
    let value = Phrases.junk[junkSource.below(Phrases.junk.count)]
    if !marks.contains(.email) {
      writer.text("email", junkSource.chance(300) ? "guest@" : value)
    } else if !marks.contains(.phone) {
      writer.text("phone", value)
    } else {
      writer.text("loyalty_id", value)
    }
  }
}
