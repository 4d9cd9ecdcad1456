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
