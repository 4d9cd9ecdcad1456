import JSON
import Schemas

/// An upcaster file that is read.
struct UpcasterFile {
  /// A value in the file.
  struct Place {
    let file: String
    /// JSON Pointer; empty for the whole file.
    let pointer: String

    func appending(_ token: String) -> Place {
      var escaped = ""
      for character in token {
        switch character {
        case "~": escaped += "~0"
        case "/": escaped += "~1"
        default: escaped.append(character)
        }
      }
      return Place(file: file, pointer: pointer + "/" + escaped)
    }

    func error(_ reason: String, _ remedy: String) -> UpcasterError {
      UpcasterError(file: file, pointer: pointer, reason: reason, remedy: remedy)
    }
  }

  let text: String
  let name: String

  /// What the file says. Checks all that can be checked without examples and without other upcasters.
  func upcaster(_ catalogue: SchemaCatalogue) throws(UpcasterError) -> Upcaster {
    let parser = JSONParser()
    let root = Field(value: try parsed(parser), place: Place(file: name, pointer: ""))
    try root.requireKeys(["$schema", "type", "from", "to", "description", "steps"])
    let type = try type(root)
    let from = try versions(root)
    try Self.require(type, from, in: catalogue, try root.required("from").place)
    try Self.require(type, from + 1, in: catalogue, try root.required("to").place)
    try description(root)
    let list = try root.required("steps")
    let steps = try list.elements().map { (field) throws(UpcasterError) in
      try StepReader(field: field, type: type, catalogue: catalogue).step()
    }
    try Contradictions.refuse(in: steps, list.place)
    return withExtendedLifetime(parser) { Upcaster(type: type, from: from, steps: steps, stepsText: list.minified) }
  }

  private func parsed(_ parser: JSONParser) throws(UpcasterError) -> JSONValue {
    do {
      return try parser.parse(text.utf8)
    } catch {
      throw Place(file: name, pointer: "").error("\(error)", "correct the JSON")
    }
  }

  /// That of the folder, which the file may repeat.
  private func type(_ root: Field) throws(UpcasterError) -> String {
    let folder = name.split(separator: "/").dropLast().last.map(String.init).flatMap {
      EventTypeName.isValid($0) ? $0 : nil
    }
    guard let field = try root.optional("type") else {
      guard let folder else {
        throw root.place.error(
          "nothing says which type of event this is for",
          "put the file into the folder of its type, or write \"type\": \"<type>\"")
      }
      return folder
    }
    let type = try field.text()
    guard EventTypeName.isValid(type) else {
      throw field.place.error("\"\(type)\" names no event type", "write a dotted name such as order.placed")
    }
    guard type == folder ?? type else {
      throw field.place.error(
        "the file lies in the folder of \(folder ?? "") and says \(type)", "leave \"type\" out, or move the file")
    }
    return type
  }

  /// The version it leads from. The next one is where it leads to.
  private func versions(_ root: Field) throws(UpcasterError) -> Int {
    let from = try root.required("from")
    let number = try from.integer()
    guard number >= 1 else { throw from.place.error("versions begin with 1", "write a version from 1 on") }
    let to = try root.required("to")
    guard try to.integer() == number + 1 else {
      throw to.place.error(
        "an upcaster leads from one version to the next, from \(number) to \(number + 1)",
        "write \"to\": \(number + 1), and an upcaster for each version between")
    }
    return number
  }

  static func require(
    _ type: String, _ version: Int, in catalogue: SchemaCatalogue, _ place: Place
  ) throws(UpcasterError) {
    let known = catalogue.versions(of: type)
    guard !known.contains(version) else { return }
    throw place.error(
      known.isEmpty ? "there is no schema of \(type)" : "there is no schema of version \(version) of \(type)",
      "add the schema first, or correct the \(known.isEmpty ? "type" : "version")")
  }

  private func description(_ root: Field) throws(UpcasterError) {
    let field = try root.required("description")
    guard try field.text().isEmpty else { return }
    throw field.place.error("the description is empty", "say what changes and why")
  }
}
