import JSON
import Schemas

/// Reads what an `emit` makes.
struct EmissionReader {
  let field: Field
  let catalogue: SchemaCatalogue

  func emission() throws(UpcasterError) -> Emission {
    let type = try field.required("type")
    let version = try field.required("version")
    try UpcasterFile.require(try type.text(), try version.integer(), in: catalogue, version.place)
    return Emission(
      type: try type.text(), version: try version.integer(), suffix: try suffix(), condition: try condition(),
      data: try data(), keepsOriginal: try field.optional("keep")?.flag() ?? true)
  }

  /// Letters, digits, "-" and "_", so that the id stays readable and no "#" is doubtful.
  private func suffix() throws(UpcasterError) -> String {
    let id = try field.required("id")
    let text = try id.text()
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard !text.isEmpty, isPlain else {
      throw id.place.error("\"\(text)\" is no id suffix", "write letters, digits, - and _, without the #")
    }
    return text
  }

  private func condition() throws(UpcasterError) -> Path? {
    guard let when = try field.optional("when") else { return nil }
    return try outsideArrays(when)
  }

  private func data() throws(UpcasterError) -> [(name: MemberName, source: Emission.Source)] {
    try field.required("data").members().map { (name, field) throws(UpcasterError) in
      (MemberName(name), try source(field))
    }
  }

  private func source(_ field: Field) throws(UpcasterError) -> Emission.Source {
    try field.requireKeys(["from", "value"])
    switch (try field.optional("from"), try field.optional("value")) {
    case (let from?, nil): return .path(try outsideArrays(from))
    case (nil, let value?): return .constant(Constant(value.value))
    default:
      throw field.place.error("one source is needed", "write either {\"from\": <pointer>} or {\"value\": <value>}")
    }
  }

  private func outsideArrays(_ field: Field) throws(UpcasterError) -> Path {
    let path = try field.path()
    guard path.scope.isEmpty else {
      throw field.place.error("* stands for several values here", "name a member outside arrays, or the whole array")
    }
    return path
  }
}
