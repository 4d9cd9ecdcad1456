import JSON
import Mappings

/// A mapping of JSON with these keys beside those that each must have.
func channel(_ keys: String) -> String {
  "channel: test\ninput: json\ntime_zone: Asia/Ho_Chi_Minh\n" + keys + "\n"
}

/// An event rule of one line with what differs between rules.
func rule(_ more: String, id: String = "=id", type: String = "a.b") -> String {
  "  - {type: \(type), id: '\(id)', time: '2026-01-01T00:00:00Z', source: s, channel: web, \(more)}\n"
}

/// What becomes of the documents of a text: of an event its id and data, else what `Outcome.shown` says.
func told(_ json: String, _ keys: String) throws -> [String] {
  let parser = JSONParser()
  return try outcomes(ofJSON: json, channel(keys)).map { outcome in
    guard case .event(let json, _, _) = outcome else { return outcome.shown }
    let event = try parser.parse(json)
    guard let id = event["id"]?.string else { return outcome.shown }
    guard let data = event["data"] else { return id }
    var writer = JSONWriter()
    writer.value(data)
    return id + " " + writer.text
  }
}
