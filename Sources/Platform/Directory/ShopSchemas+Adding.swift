import Glibc
import JSON
package import Schemas
package import Upcasting

/// Versions of event types that a shop wants to add, with all that is there already.
package struct SchemaProposal: Sendable {
  /// One version of a type, or the upcaster of one that is there already.
  package struct Addition: Sendable {
    package let type: String
    package let version: Int
    package let schema: String?
    /// What leads to this version from the one before it, with its examples.
    package let upcaster: String?
    let examples: String?
  }

  /// With the additions in it.
  package let catalogue: SchemaCatalogue
  package let upcasters: Upcasters
  /// By type and version.
  package let additions: [Addition]

  package var evolution: SchemaEvolution { SchemaEvolution(catalogue, upcasters) }

  /// Throws unless all events of the types that are added can be read by their newest versions.
  package func requireSound() throws { try evolution.requireSound(Set(additions.map(\.type))) }
}

extension ShopSchemas {
  /// Checks schema files and stores one of them. Throws when the catalogue has its type and version, or its type is built
  /// in, or when its events would not be read any more. Returns what it is called.
  package func add(_ path: String, to catalogue: SchemaCatalogue) throws -> (type: String, version: Int) {
    let proposal = try proposal([path], on: catalogue)
    try proposal.requireSound()
    for addition in proposal.additions { try store(addition) }
    return (proposal.additions[0].type, proposal.additions[0].version)
  }

  /// What the catalogue and the upcasters would be with some schema files, and the upcasters beside them. Stores nothing.
  /// Throws where one of the files is wrong.
  package func proposal(_ paths: [String], on catalogue: SchemaCatalogue) throws -> SchemaProposal {
    let former = try upcasters(catalogue)
    var catalogue = catalogue
    var drafts: [SchemaDraft] = []
    for path in paths where !UpcasterFiles.isTakenAlong(path, with: paths) {
      drafts.append(try SchemaDraft(path, addingTo: &catalogue))
    }
    drafts.sort { ($0.type, $0.version) < ($1.type, $1.version) }
    let upcasters = try drafts.reduce(former) { try $1.adding(to: $0, catalogue) }
    return SchemaProposal(catalogue: catalogue, upcasters: upcasters, additions: drafts.map(\.addition))
  }

  /// Stores a schema with its upcaster. The schema's file comes last: without it the others count for nothing, as
  /// examples do without an upcaster.
  package func store(_ addition: SchemaProposal.Addition) throws(DirectoryError) {
    let folder = "\(directory.schemas)/\(addition.type)"
    let stem = "\(folder)/\(addition.version)"
    let last = stem + (addition.schema == nil ? UpcasterFiles.suffix : ".json")
    guard access(last, F_OK) != 0 else { throw DirectoryError("\(last) is there already; it was left as it is") }
    try DataDirectory(path: folder).create()
    let files = [(".upcast.ndjson", addition.examples), (UpcasterFiles.suffix, addition.upcaster)]
    // What an earlier addition left that did not come to its end.
    for (suffix, _) in files { unlink(stem + suffix) }
    do throws(DirectoryError) {
      for (suffix, text) in files { if let text { try TextFile.write(text, to: stem + suffix) } }
      if let schema = addition.schema { try TextFile.write(schema, to: last) }
    } catch {
      for (suffix, _) in files { unlink(stem + suffix) }
      throw error
    }
  }
}

/// A schema file that is to be added, with what lies beside it; or an upcaster file alone.
private struct SchemaDraft {
  let type: String
  let version: Int
  private let schema: String?
  private let files: UpcasterFiles?

  init(_ path: String, addingTo catalogue: inout SchemaCatalogue) throws {
    guard let text = try TextFile.read(path) else { throw DirectoryError("\(path): there is no such file") }
    files = try UpcasterFiles(beside: path)
    if path.hasSuffix(UpcasterFiles.suffix) {
      (type, version) = try Self.goal(of: text, path)
      schema = nil
      return
    }
    let known = Set(catalogue.list)
    catalogue = try catalogue.adding(text, name: path)
    guard let added = catalogue.list.first(where: { !known.contains($0) }) else {
      throw DirectoryError("\(path): this type and version is known already")
    }
    (type, version, schema) = (added.type, added.version, text)
  }

  /// Which version an upcaster leads to. The rest of it is checked when it is added.
  private static func goal(of text: String, _ path: String) throws -> (type: String, version: Int) {
    let parser = JSONParser()
    let root: JSONValue
    do {
      root = try parser.parse(text.utf8)
    } catch {
      throw DirectoryError("\(path): \(error); correct the JSON")
    }
    let folder = path.split(separator: "/").dropLast().last.map(String.init)
    guard let type = root["type"]?.string ?? folder, EventTypeName.isValid(type) else {
      throw DirectoryError("\(path): nothing says which type of event this is for; write \"type\": \"<type>\"")
    }
    guard let version = root["to"]?.numberText.flatMap(Int.init) else {
      throw DirectoryError("\(path) at /to: nothing says which version this leads to; write \"to\": 2")
    }
    return (type, version)
  }

  var addition: SchemaProposal.Addition {
    SchemaProposal.Addition(
      type: type, version: version, schema: schema, upcaster: files?.upcaster, examples: files?.examples)
  }

  /// The upcaster is read as if it lay in the folder of its type, as it will; messages name the file that was given.
  func adding(to upcasters: Upcasters, _ catalogue: SchemaCatalogue) throws -> Upcasters {
    guard let files else { return upcasters }
    guard schema != nil || catalogue.list.contains(where: { $0.type == type && !$0.isBuiltIn }) else {
      throw DirectoryError("\(files.path): \(type) is no type of your own; its upcasters are built in")
    }
    let names = ["\(type)/\(version).upcast.json", "\(type)/\(version).upcast.ndjson"]
    do {
      let extended = try upcasters.adding(
        file: files.upcaster, name: names[0], examples: files.examples, examplesName: names[1], catalogue: catalogue)
      guard extended.chain(type: type, from: version - 1).first == version else {
        throw DirectoryError(
          "\(files.path): it does not lead to version \(version) of \(type); name it for where it does")
      }
      return extended
    } catch let error as UpcasterError {
      let path = error.file == names[1] ? files.examplesPath : files.path
      throw DirectoryError(path + error.description.dropFirst(error.file.count))
    }
  }
}
