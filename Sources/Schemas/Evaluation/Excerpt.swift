import JSON

/// The longest text that is quoted from a document, in Unicode scalars.
private let excerptLengthMax = 60

/// A value as JSON, cut after 60 characters.
func excerpt(of value: JSONValue) -> String {
  var writer = JSONWriter()
  writer.value(value)
  return excerpt(of: writer.text)
}

func excerpt(of text: String) -> String {
  let scalars = text.unicodeScalars
  guard let end = scalars.index(scalars.startIndex, offsetBy: excerptLengthMax, limitedBy: scalars.endIndex),
    end < scalars.endIndex
  else { return text }
  return text[..<end] + "…"
}

/// What a value of an event is, without what it says: such texts are printed and kept in logs, and values may be personal. Numbers
/// too short for a phone number, true, false, null and what is empty are shown.
func described(_ value: JSONValue) -> String {
  switch value.kind {
  case .null, .true, .false: excerpt(of: value)
  case .number: value.bytes.count <= 7 ? excerpt(of: value) : "a number of \(value.bytes.count) characters"
  case .string:
    value.bytes.isEmpty
      ? "an empty string" : "a string of \(counted((value.string ?? "").unicodeScalars.count, "character"))"
  case .array: value.count == 0 ? "an empty array" : "an array of \(counted(value.count, "item"))"
  case .object: value.count == 0 ? "an empty object" : "an object of \(counted(value.count, "member"))"
  }
}

/// A name in quotation marks, escaped as JSON.
func quoted(_ name: UnsafeBufferPointer<UInt8>) -> String {
  var writer = JSONWriter()
  writer.string(name)
  return excerpt(of: writer.text)
}

/// "2 items", "1 item".
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
