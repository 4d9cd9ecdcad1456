import Events
import Hashing
import JSON
import Mappings
import Testing

/// What the program uses for `hash(...)`.
@Sendable func digest(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { XXH3.hash128($0).description } }

extension MappingRun {
  /// What becomes of a text that is all of one line.
  func bodies(of json: [UInt8], line: Int = 1) -> [MappedBody] {
    let origin = Origin(lines: line...line, lineCount: 1) { json }
    let padded = json + repeatElement(0x20, count: JSONParser.padding)
    return padded.withUnsafeBufferPointer { bodies(json: $0, count: json.count, origin) }
  }

  fileprivate func trials(of json: [UInt8]) -> [BodyTrial] {
    let origin = Origin(lines: 1...1, lineCount: 1) { json }
    let padded = json + repeatElement(0x20, count: JSONParser.padding)
    return padded.withUnsafeBufferPointer { trial(json: $0, count: json.count, origin) }
  }
}

@Suite("The channels that come with the program")
struct BuiltInChannelTests {
  private func mapping(_ name: String) throws -> Mapping {
    let yaml = try #require(BuiltInChannels.yaml(of: name))
    return try Mapping(yaml: yaml, file: name + ".yaml", shop: try ChannelExamples.shop())
  }

  /// The bodies of a channel's examples, each as JSON.
  private func bodies(_ name: String) throws -> [[UInt8]] {
    let parser = JSONParser()
    return try #require(BuiltInChannels.examples(of: name)).split(separator: "\n").map { line in
      var writer = JSONWriter()
      writer.value(try #require(try parser.parse(line.utf8)["body"]))
      return writer.bytes
    }
  }

  @Test("There are channels for what shops use most, and each file of the folder is one")
  func names() {
    var files = ""
    Project.read("ls '\(Project.root)/schemas/channels'") { files += String(decoding: $0, as: UTF8.self) }
    let mappings = files.split(separator: "\n").filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    #expect(mappings.sorted() == BuiltInChannels.names)
    for name in ["cloudevents", "segment", "shopify", "stripe", "woocommerce", "zendesk"] {
      #expect(BuiltInChannels.names.contains(name))
    }
    #expect(BuiltInChannels.yaml(of: "nonsense") == nil && BuiltInChannels.examples(of: "nonsense") == nil)
  }

  @Test(
    "A channel loads, bears the name of its file, and says in one sentence what it is", arguments: BuiltInChannels.names
  )
  func loads(name: String) throws {
    let mapping = try mapping(name)
    #expect(mapping.name == name && mapping.input == .json)
    #expect(mapping.summary.split(separator: " ").count > 2 && !mapping.summary.contains("\n"))
  }

  @Test("A channel has ten examples or more, and each comes out as it says", arguments: BuiltInChannels.names)
  func examples(name: String) throws {
    let text = try #require(BuiltInChannels.examples(of: name))
    let (count, failures) = ChannelExamples(try mapping(name), file: name, hash: digest).check(text)
    #expect(failures.isEmpty, "\(failures)")
    #expect(count >= 10)
  }

  @Test("Each type of event that a channel names is made by an example", arguments: BuiltInChannels.names)
  func types(name: String) throws {
    let mapping = try mapping(name)
    let run = MappingRun(mapping, file: "f", received: received, hash: digest)
    var made: Set<String> = []
    let parser = JSONParser()
    for event in try bodies(name).flatMap({ run.bodies(of: $0) }).flatMap(\.outcomes).flatMap(\.events) {
      if let type = try parser.parse(event.json)["type"]?.string { made.insert(type) }
    }
    #expect(mapping.eventTypes.filter { !made.contains($0) } == [])
  }

  @Test(
    "What is made of a body depends on it alone: another file, line and time change no more than the time of arrival",
    arguments: BuiltInChannels.names)
  func deterministic(name: String) throws {
    let mapping = try mapping(name)
    let first = MappingRun(mapping, file: "first", received: received, hash: digest)
    let later = Instant(microseconds: received.microseconds + 86_400_000_001)
    let second = MappingRun(mapping, file: "second", received: later, hash: digest)
    for body in try bodies(name) {
      let once = first.bodies(of: body).flatMap(\.outcomes)
      #expect(first.bodies(of: body).flatMap(\.outcomes) == once)
      let again = second.bodies(of: body, line: 9).flatMap(\.outcomes)
      #expect(once.map(withoutArrival) == again.map(withoutArrival), "\(String(decoding: body, as: UTF8.self))")
    }
  }

  /// The outcome in which the time of events that have none of their own is blotted out.
  private func withoutArrival(_ outcome: MappingOutcome) -> [String] {
    guard case .events(let events, let warnings) = outcome else { return ["\(outcome)"] }
    return warnings
      + events.map { event in
        let text = String(decoding: event.json, as: UTF8.self)
        guard event.timeIsArrival else { return text }
        return text.replacing(/"time":"[^"]*"/, with: "\"time\":\"arrival\"")
      }
  }

  @Test("A trial makes of every example what an ingest makes", arguments: BuiltInChannels.names)
  func trials(name: String) throws {
    let run = MappingRun(try mapping(name), file: "f", received: received, hash: digest)
    for body in try bodies(name) {
      let (ingested, tried) = (run.bodies(of: body), run.trials(of: body))
      #expect(tried.map(\.body.outcomes) == ingested.map(\.outcomes))
      for trial in tried {
        for document in trial.documents { #expect(document.events.count == document.outcome.events.count) }
      }
    }
  }
}
