import EventLog
import Intake
import Platform
import Projections
import Testing

/// A data directory of its own for one test.
struct Shop {
  let parent: TemporaryDirectory
  let directory: DataDirectory

  init(configuration: String? = nil) throws {
    parent = try TemporaryDirectory()
    directory = DataDirectory(path: parent.path + "/data")
    if let configuration {
      try directory.create()
      try TextFile.write(configuration, to: directory.configurationFile)
    }
  }

  /// Opens the directory, takes events, and brings the read models up to date.
  func open(_ lines: [String] = []) throws -> Platform {
    let platform = try Platform(directory, .creating)
    try platform.take(lines, from: parent)
    try platform.project()
    return platform
  }
}

extension Platform {
  @discardableResult
  func take(_ lines: [String], from folder: TemporaryDirectory) throws -> IngestSummary {
    let path = try folder.write(lines.map { $0 + "\n" }.joined(), to: "input.ndjson")
    return try Ingest(rules: try intakeRules()).run(ndjson: [path], into: log)
  }

  /// Asks the live read models.
  func ask<Answer>(_ body: (borrowing Snapshot) throws -> Answer) throws -> Answer {
    let generation = try #require(try openReadModels())
    defer { generation.close() }
    return try generation.read(body)
  }

  /// The documents of the log, in order.
  func documents() throws -> [String] {
    var documents: [String] = []
    try LogReader(log).forEach(from: 1) { documents.append(String(decoding: $0.document, as: UTF8.self)) }
    return documents
  }
}

/// An event in canonical form.
func event(
  _ id: String, _ type: String = "lead.captured", time: String = "2026-02-28T12:00:00Z", channel: String = "web",
  ids: String = #"{"email":"an@example.com"}"#, data: String = "{}"
) -> String {
  #"{"id":"\#(id)","type":"\#(type)","time":"\#(time)","source":"web","channel":"\#(channel)","ids":\#(ids),"data":\#(data)}"#
}

/// An order placed by the person of an e-mail address.
func order(_ id: String, by email: String = "an@example.com", total: String, _ currency: String = "VND") -> String {
  event(
    "order-\(id)", "order.placed", ids: #"{"email":"\#(email)"}"#,
    data: #"{"order_id":"\#(id)","currency":"\#(currency)","total":\#(total),"items":[]}"#)
}
