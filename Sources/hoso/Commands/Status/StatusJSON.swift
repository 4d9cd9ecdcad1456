import EventLog
import Hashing
import JSON
import KeyValueStore
import Platform
import Projections
import ReadModels

/// A status for programs.
enum StatusJSON {
  static func bytes(_ status: Status) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("events")
    writer.value(status.log.last)
    writer.key("last_position")
    writer.value(status.log.last)
    writer.key("log_bytes")
    writer.value(status.log.fileBytes)
    writer.key("document_bytes")
    writer.value(status.log.documentBytes)
    writer.key("quarantined")
    writer.value(status.log.rejects)
    writer.key("projections")
    writer.beginArray()
    if let projection = status.projection {
      for name in ProjectionName.allCases { write(name, projection, to: &writer) }
    }
    writer.endArray()
    write("building", status.building, to: &writer)
    write("unfinished", status.unfinished, to: &writer)
    writer.key("program")
    writer.value(ProgramVersion.number)
    writer.key("lmdb")
    writer.value(Environment.libraryVersion)
    writer.endObject()
    writer.newline()
    return writer.bytes
  }

  private static func write(_ key: String, _ numbers: [Int], to writer: inout JSONWriter) {
    writer.key(key)
    writer.beginArray()
    for number in numbers { writer.value(number) }
    writer.endArray()
  }

  private static func write(
    _ name: ProjectionName, _ projection: Status.Projection, to writer: inout JSONWriter
  ) {
    let checkpoint = projection.checkpoint
    writer.beginObject()
    writer.key("name")
    writer.value(name.rawValue)
    writer.key("version")
    if let version = checkpoint.versions[name] { writer.value(version) } else { writer.null() }
    writer.key("generation")
    writer.value(projection.generation)
    writer.key("position")
    writer.value(checkpoint.position)
    writer.key("lag")
    writer.value(projection.lag)
    writer.key("state")
    writer.value(projection.state(of: name).rawValue)
    writer.key("digest")
    if let digest = checkpoint.digest(of: name) { writer.value(digest.description) } else { writer.null() }
    writer.key("bytes")
    writer.value(projection.fileBytes)
    writer.key("parked")
    writer.value(projection.parked)
    if name == .profiles { writePeople(checkpoint, to: &writer) }
    writer.endObject()
  }

  private static func writePeople(_ checkpoint: Checkpoint, to writer: inout JSONWriter) {
    writer.key("people")
    writer.value(checkpoint.people)
    writer.key("stages")
    writer.beginObject()
    for stage in Person.Stage.allCases {
      writer.key(stage.name.replacingBlanks)
      writer.value(checkpoint.stages[Int(stage.rawValue)])
    }
    writer.endObject()
    writer.key("orders_without_person")
    writer.value(checkpoint.ordersWithoutOwner)
    writer.key("credits_without_person")
    writer.value(checkpoint.creditsWithoutOwner)
  }
}

extension String {
  /// As a key: `repeat customer` is `repeat_customer`.
  fileprivate var replacingBlanks: String { String(map { $0 == " " ? "_" : $0 }) }
}
