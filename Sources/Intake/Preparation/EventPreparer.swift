import EventLog
package import Events
import JSON
package import Mappings
import Schemas

/// Turns lines into canonical documents: parses, checks the envelope and the schema, normalises identifiers.
///
/// One a thread; nothing here is shared. Accepted events allocate nothing that outlives them.
package struct EventPreparer {
  /// An event is at most this long, as it was sent and as it is stored.
  static let eventBytesMax = 256 << 10

  let rules: IntakeRules
  private let parser = JSONParser()
  private let emptyObjectParser = JSONParser()
  private var schemas: SchemaLookup
  var writer = JSONWriter()
  private var identifiers: NormalisedIdentifiers
  private var hashInput: [UInt8] = []

  package init(_ rules: IntakeRules) {
    self.rules = rules
    schemas = SchemaLookup(rules.catalogue)
    identifiers = NormalisedIdentifiers(rules.identifiers)
  }

  /// Prepares every line of a chunk.
  package mutating func prepare(_ chunk: LineChunk, input: String) -> PreparedChunk {
    let prepared = PreparedChunk(file: chunk.file, input: input)
    writer = JSONWriter()
    let now = rules.now()
    prepared.bytesTaken = chunk.bytesTaken
    if let length = chunk.overlongBytes {
      prepared.rejects.append((overlong(chunk, length: length, input: input, now: now), 1))
      return prepared
    }
    chunk.forEachLine { line, padded, count in
      let origin = LineOrigin(line: line, lineCount: 1)
      do throws(EventProblem) {
        try take(padded, count: count, origin: origin, now: now, into: prepared)
      } catch {
        let reject = Reject(
          kind: error.kind, reason: error.reason, pointer: error.pointer, file: prepared.file, line: line,
          received: now, input: prepared.input, original: Array(padded[..<count]))
        prepared.rejects.append((reject, 1))
      }
    }
    prepared.documents = writer.bytes
    return prepared
  }

  /// Prepares what a mapping made, body by body as `mapped` hands them over. Of a document either all events are taken or
  /// none.
  package mutating func prepare(
    file: String, input: String, received: Instant, _ mapped: (_ take: (MappedBody) -> Void) -> Void
  ) -> PreparedChunk {
    let prepared = PreparedChunk(file: file, input: input)
    writer = JSONWriter()
    mapped { take($0, received: received, into: prepared) }
    prepared.documents = writer.bytes
    return prepared
  }

  private func overlong(_ chunk: LineChunk, length: Int, input: String, now: Instant) -> Reject {
    let kept = length > chunk.count ? ", and only the first \(chunk.count) are kept" : ""
    return Reject(
      kind: .tooLarge, reason: "the line is \(length) bytes long; an event is at most \(Self.eventBytesMax)\(kept)",
      file: chunk.file, line: chunk.firstLine, received: now, input: input,
      original: Array(chunk.bytes[..<chunk.count]),
      isTruncated: length > chunk.count)
  }

  mutating func take(
    _ padded: UnsafeBufferPointer<UInt8>, count: Int, origin: LineOrigin, now: Instant, timeIsArrival: Bool = false,
    into prepared: PreparedChunk
  ) throws(EventProblem) {
    let start = writer.bytes.count
    let hash = try accept(padded, count: count, now: now, droppedIdentifiers: &prepared.droppedIdentifiers)
    prepared.events.append(
      .init(range: start..<writer.bytes.count, hash: hash, origin: origin, timeIsArrival: timeIsArrival))
  }

  /// Checks an event and appends its canonical form to the writer. Returns the hash of (source, id).
  private mutating func accept(
    _ padded: UnsafeBufferPointer<UInt8>, count: Int, now: Instant, droppedIdentifiers: inout Int
  ) throws(EventProblem) -> UInt64 {
    try checkLength(count, "")
    let root = try parsed(padded, count: count)
    let envelope = try Envelope(root, minifiedCount: parser.isMinified ? count : nil, now: now)
    try checkSchema(envelope)
    try readIdentifiers(envelope, dropped: &droppedIdentifiers)
    let decision = try DecidedPair(envelope, rules.identifiers)
    let start = writer.bytes.count
    CanonicalEvent.write(envelope, identifiers: identifiers, decision, to: &writer)
    // Normalising can lengthen an identifier, and what is exported must be accepted again.
    try checkLength(writer.bytes.count - start, " in canonical form")
    return hash(of: envelope)
  }

  private func checkLength(_ count: Int, _ form: StaticString) throws(EventProblem) {
    guard count <= Self.eventBytesMax else {
      throw EventProblem(
        .tooLarge, "", "the event is \(count) bytes long\(form); at most \(Self.eventBytesMax) are allowed")
    }
  }

  private func parsed(_ padded: UnsafeBufferPointer<UInt8>, count: Int) throws(EventProblem) -> JSONValue {
    do {
      return try parser.parse(padded: padded, count: count)
    } catch {
      throw EventProblem(.malformed, "", "\(error)")
    }
  }

  private mutating func readIdentifiers(_ envelope: Envelope, dropped total: inout Int) throws(EventProblem) {
    let dropped = try identifiers.read(envelope.ids, by: rules.identifiers)
    total += dropped
    guard identifiers.isEmpty, !DecidedPair.isDecision(envelope), !EntityReference.speaks(for: envelope.data) else {
      return
    }
    throw EventProblem(
      .identifiers, "/ids",
      "nothing says whom this event concerns: no usable identifier in ids"
        + (dropped > 0 ? " (\(dropped) dropped as blocked or malformed)" : "")
        + ", and no order_id, ticket_id, message_id or other entity id in data")
  }

  private mutating func checkSchema(_ envelope: Envelope) throws(EventProblem) {
    guard let schema = schemas.schema(type: envelope.type.bytes, version: envelope.version) else {
      guard isCustom(envelope.type) else { throw .unknownType(of: envelope, rules.catalogue) }
      return
    }
    let data = if let data = envelope.data { data } else { try emptyObject() }
    let context = ValidationContext(currencyExponent: data["currency"].flatMap { Currency(utf8: $0.bytes) }?.exponent)
    guard !schema.isValid(data, context: context) else { return }
    guard let violation = schema.errors(of: data, context: context, limit: 1, pointerPrefix: "/data").first else {
      return
    }
    if envelope.data == nil { throw EventProblem(.schema, "", "the required field 'data' is missing") }
    throw EventProblem(.schema, violation.pointer, violation.message)
  }

  /// Whether the type needs no schema. Where the shop has added one for it, that decides.
  private func isCustom(_ type: JSONValue) -> Bool {
    EventTypeName.needsNoSchema(type.bytes) && rules.catalogue.newestVersion(of: type.bytes) == nil
  }

  /// What an event without `data` is judged as.
  private func emptyObject() throws(EventProblem) -> JSONValue {
    do {
      return try emptyObjectParser.parse("{}".utf8)
    } catch {
      throw EventProblem(.malformed, "/data", "\(error)")
    }
  }

  private mutating func hash(of envelope: Envelope) -> UInt64 {
    hashInput.removeAll(keepingCapacity: true)
    hashInput.append(contentsOf: envelope.source.bytes)
    hashInput.append(0)
    hashInput.append(contentsOf: envelope.id.bytes)
    return hashInput.withUnsafeBytes { IdentityHash.of($0) }
  }
}
