/// A random event: the document as the log stores it, and the parts that tests decide by.
package struct GeneratedEvent: Sendable {
  /// Microseconds since 1970.
  package let time: Int64
  package let source: String
  package let id: String
  package let type: String
  /// Strongest first.
  package let ids: [(type: String, value: String)]
  /// The two identifiers that a decision about who is who names.
  package let decision: (a: (type: String, value: String), b: (type: String, value: String))?
  package let document: [UInt8]

  package init(
    time: Int64, source: String, id: String, type: String, channel: String = "web", store: String? = nil,
    ids: [(type: String, value: String)] = [], data: String? = nil,
    decision: (a: (type: String, value: String), b: (type: String, value: String))? = nil
  ) {
    self.decision = decision
    self.time = time
    self.source = source
    self.id = id
    self.type = type
    self.ids = ids
    var members = [
      "\"id\":\(quoted(id))", "\"type\":\(quoted(type))", "\"time\":\"\(rfc3339(time))\"",
      "\"source\":\(quoted(source))",
      "\"channel\":\(quoted(channel))",
    ]
    if let store { members.append("\"store\":\(quoted(store))") }
    if !ids.isEmpty {
      members.append("\"ids\":{\(ids.map { "\(quoted($0.type)):\(quoted($0.value))" }.joined(separator: ","))}")
    }
    if let data { members.append("\"data\":\(data)") }
    document = Array("{\(members.joined(separator: ","))}".utf8)
  }

  package var text: String { String(decoding: document, as: UTF8.self) }
}

/// A JSON string. The texts of tests hold no control characters.
package func quoted(_ text: String) -> String {
  var escaped = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { escaped.append("\\") }
    escaped.unicodeScalars.append(scalar)
  }
  return escaped + "\""
}

/// RFC 3339 in UTC with microseconds; days by Hinnant's civil_from_days
/// (https://howardhinnant.github.io/date_algorithms.html).
package func rfc3339(_ microseconds: Int64) -> String {
  func pad(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  let seconds = microseconds / 1_000_000
  let z = seconds / 86_400 + 719_468
  let era = z / 146_097
  let dayOfEra = z - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shifted + 2) / 5 + 1
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  let clock = seconds % 86_400
  return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(clock / 3600, 2)):\(pad(clock / 60 % 60, 2)):"
    + "\(pad(clock % 60, 2)).\(pad(microseconds % 1_000_000, 6))Z"
}
