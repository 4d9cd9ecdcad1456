import JSON

extension Upcaster {
  /// The event in the next version: the envelope as it was, and the changed `data` where it stood.
  func write(_ root: JSONValue, _ data: Draft?, to writer: inout JSONWriter) {
    writer.beginObject()
    for (key, value) in root.members {
      if key.bytes.spells("version") { continue }
      if key.bytes.spells("data") {
        writer.data(data)
      } else {
        writer.member(key, value)
      }
      if key.bytes.spells("type") { writer.version(to) }
    }
    if root["data"] == nil { writer.data(data) }
    writer.endObject()
  }
}

extension Emission {
  func applies(to data: Draft?) -> Bool {
    guard let condition else { return true }
    guard let value = data?.value(at: condition.local) else { return false }
    return value.kind != .null
  }

  /// The further event: the envelope of the one it is made from, but for id, type and version, and `data` of its own.
  func write(_ root: JSONValue, _ data: Draft?, to writer: inout JSONWriter) {
    writer.beginObject()
    for (key, value) in root.members where !key.bytes.spells("version") {
      if key.bytes.spells("id") {
        writer.key("id")
        writer.value("\(value.string ?? "")#\(suffix)")
      } else if key.bytes.spells("type") {
        writer.key("type")
        writer.value(type)
        if version != 1 { writer.version(version) }
      } else if key.bytes.spells("data") {
        writer.data(.object(members(data)))
      } else {
        writer.member(key, value)
      }
    }
    if root["data"] == nil { writer.data(.object(members(data))) }
    writer.endObject()
  }

  private func members(_ event: Draft?) -> [Draft.Member] {
    data.compactMap { name, source in
      let value: Draft? =
        switch source {
        case .path(let path): event?.value(at: path.local)
        case .constant(let constant): Draft(constant)
        }
      return value.map { Draft.Member(name: .given(name), value: $0) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func version(_ number: Int) {
    key("version")
    value(number)
  }

  fileprivate mutating func data(_ data: Draft?) {
    guard let data else { return }
    key("data")
    data.write(to: &self)
  }
}
