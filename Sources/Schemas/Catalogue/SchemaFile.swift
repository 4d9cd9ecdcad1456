import JSON

/// A schema file that a shop wants to add.
struct SchemaFile {
  let text: String
  let name: String

  /// What the file says it is. Checks its form, not its keywords.
  func entry() throws(SchemaFileError) -> CatalogueEntry {
    let parser = JSONParser()
    let root = try parsed(parser)
    guard root.kind == .object else {
      throw error("", "the file does not hold a JSON object", "write a schema such as `hoso schema show` prints")
    }
    let form =
      "give it \"$id\": \"urn:hoso:schema:<type>:<version>\", the type dotted and lower-case, the version from 1"
    guard let id = root["$id"]?.string else { throw error("", "the schema has no $id", form) }
    guard let (type, version) = SchemaURN.parts(id) else {
      throw error("/$id", "\"\(excerpt(of: id))\" does not name an event type and version", form)
    }
    guard root["type"]?.string == "object" else {
      throw error("/type", "the data of an event is an object", "write \"type\": \"object\"")
    }
    return CatalogueEntry(type: type, version: version, text: text, isBuiltIn: false)
  }

  private func parsed(_ parser: JSONParser) throws(SchemaFileError) -> JSONValue {
    do {
      return try parser.parse(text.utf8)
    } catch {
      throw self.error("", "\(error)", "correct the JSON")
    }
  }

  func refuse(_ entry: CatalogueEntry, in index: CatalogueIndex) throws(SchemaFileError) {
    var type = entry.type
    let versions = type.withUTF8 { index.entries(of: $0) }
    if let first = versions.first, index.entries[first].isBuiltIn {
      throw error("/$id", "\(entry.type) is a built-in type", "choose another name")
    }
    if versions.contains(where: { index.entries[$0].version == entry.version }) {
      throw error("/$id", "version \(entry.version) of \(entry.type) is there already", "raise the version")
    }
  }

  func compile(_ entry: CatalogueEntry, _ registry: SchemaRegistry) throws(SchemaFileError) {
    do {
      _ = try registry.compile(entry.urn)
    } catch {
      let isElsewhere = error.schema != entry.urn
      throw self.error(error.pointer, (isElsewhere ? "in \(error.schema): " : "") + error.reason, "correct the schema")
    }
  }

  private func error(_ pointer: String, _ reason: String, _ remedy: String) -> SchemaFileError {
    SchemaFileError(file: name, pointer: pointer, reason: reason, remedy: remedy)
  }
}
