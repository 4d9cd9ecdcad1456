import JSON

/// Tests of a value's kind by pattern: `==` on the enumeration of another module is a call through its witness table.
extension JSONValue {
  @inline(__always)
  var isObject: Bool { if case .object = kind { true } else { false } }
  @inline(__always)
  var isArray: Bool { if case .array = kind { true } else { false } }
  @inline(__always)
  var isString: Bool { if case .string = kind { true } else { false } }
  @inline(__always)
  var isNumber: Bool { if case .number = kind { true } else { false } }
}
