import JSON

/// A JSON value of an upcaster file, kept for as long as the upcaster lives. Numbers keep their text.
enum Constant: Sendable {
  case null
  case flag(Bool)
  case text([UInt8])
  case number([UInt8])
  case array([Constant])
  case object([(name: MemberName, value: Constant)])

  init(_ value: JSONValue) {
    switch value.kind {
    case .null: self = .null
    case .true: self = .flag(true)
    case .false: self = .flag(false)
    case .string: self = .text(Array(value.bytes))
    case .number: self = .number(Array(value.bytes))
    case .array: self = .array(value.elements.map(Constant.init))
    case .object: self = .object(value.members.map { (MemberName($0.key.string ?? ""), Constant($0.value)) })
    }
  }
}
