import Compression
import EventLog
import Events
import Intake
import Mappings
import Schemas
import Testing
import TimeZones

/// An empty log in a directory of its own, rules to fill it by, and a clock that stands still.
final class IntakeFixture {
  static let now = "2026-03-01T00:00:00Z"

  /// A shop in Viet Nam that has named its currency.
  static func shop() throws -> ShopSettings {
    ShopSettings(zone: try TimeZone(identifier: "Asia/Ho_Chi_Minh"), currency: Currency("VND"))
  }

  let directory: TemporaryDirectory
  let log: EventLog
  var rules: IntakeRules
  private var filesMade = 0

  init(_ catalogue: SchemaCatalogue = .builtIn, identifiers: IdentifierRules = .standard) throws {
    directory = try TemporaryDirectory()
    log = try EventLog(path: directory.path + "/log.mdb")
    let now = try Instant(rfc3339: Self.now)
    rules = IntakeRules(catalogue: catalogue, identifiers: identifiers) { now }
  }

  /// Writes a new file with these bytes.
  func file(_ bytes: [UInt8]) throws -> String {
    filesMade += 1
    return try directory.write(bytes, to: "\(filesMade).input")
  }

  /// Takes lines from a file of their own, each ended by a line feed.
  @discardableResult
  func ingest(_ lines: String..., workers: Int = 2) throws -> IngestSummary {
    try ingest(lines: lines, workers: workers)
  }

  @discardableResult
  func ingest(lines: some Sequence<String>, workers: Int = 2) throws -> IngestSummary {
    try ingest(bytes: lines.flatMap { Array($0.utf8) + [0x0A] }, workers: workers)
  }

  @discardableResult
  func ingest(bytes: [UInt8], workers: Int = 2) throws -> IngestSummary {
    try ingest(workers: workers).run(ndjson: [try file(bytes)], into: log)
  }

  func ingest(limit: Int? = nil, workers: Int = 2) -> Ingest {
    var options = IngestOptions()
    options.limit = limit
    options.workers = workers
    return Ingest(rules: rules, options: options)
  }

  /// Everything that the log holds, in order.
  func documents() throws -> [String] {
    var documents: [String] = []
    try LogReader(log).forEach(from: 1) { documents.append(String(decoding: $0.document, as: UTF8.self)) }
    return documents
  }

  /// Why documents are in the quarantine, for messages.
  var reasons: [String] {
    do { return try rejects().map { $0.pointer + " " + $0.reason } } catch { return ["\(error)"] }
  }

  /// The quarantine, in order.
  func rejects() throws -> [Reject] {
    var rejects: [Reject] = []
    try log.forEachReject { _, reject in
      rejects.append(reject)
      return true
    }
    return rejects
  }
}

/// A page view in canonical form.
func pageView(
  _ id: String, source: String = "web", ids: String = #"{"anonymous_id":"device-1"}"#, data: String = #"{"url":"/"}"#
) -> String {
  #"{"id":"\#(id)","type":"page.viewed","time":"2026-02-28T12:00:00Z","source":"\#(source)","channel":"web","ids":\#(ids),"data":\#(data)}"#
}

/// The content as one zstd frame.
func frame(_ content: [UInt8]) throws -> [UInt8] {
  var frame: [UInt8] = []
  try content.withUnsafeBytes { try ZstandardCompressor().compress($0, appendingTo: &frame) }
  return frame
}

/// What makes two rejects the same: their bytes and the reason.
struct RejectIdentity: Hashable {
  let reason: String
  let original: [UInt8]

  init(_ reject: Reject) {
    reason = reject.reason
    original = reject.original
  }
}
