import JSON
package import Schemas

/// All upcasters that are known: the built-in ones, and a shop's own. A value that never changes: adding a file gives
/// new upcasters. Threads may share it.
package struct Upcasters: Sendable {
  /// By type, then by version.
  let all: [Upcaster]
  private let index: UpcasterIndex

  /// Changes whenever what an upcaster does may have changed, and with nothing else: read models folded under another
  /// fingerprint must be rebuilt. The same in every run of the program, whatever the order in which files were added.
  package let fingerprint: UInt64

  /// Those of the built-in types. Parsed when they are first asked for; their examples are checked by the tests.
  package static let builtIn = Upcasters(embedded: builtInUpcasters)

  /// None.
  package init() { self.init([]) }

  init(_ upcasters: [Upcaster]) {
    all = upcasters.sorted { ($0.type, $0.from) < ($1.type, $1.from) }
    index = UpcasterIndex(all)
    fingerprint = Fingerprint.of(all)
  }

  private init(embedded files: [(path: String, text: String)]) {
    var upcasters = Upcasters()
    do {
      for (path, text) in files {
        upcasters = try upcasters.adding(try UpcasterFile(text: text, name: path).upcaster(.builtIn), name: path)
      }
    } catch {
      // The tests parse every one of them.
      fatalError("a built-in upcaster is wrong: \(error)")
    }
    self = upcasters
  }

  /// One upcaster more.
  ///
  /// The type is that of the folder in which the file lies by its name, `<type>/<version>.upcast.json`, or what the file
  /// says as `type`.
  ///
  /// - Parameters:
  ///   - text: the upcaster. `name` is its path, for messages and for the type.
  ///   - examples: lines of {"before": event, "after": [event, ...]}; nil where there is no such file.
  ///   - catalogue: has the versions that it leads from and to, and those of the events that it makes.
  /// - Throws: where the file breaks a rule of the language, contradicts itself or an upcaster that is there, or where an
  ///   example fails: it becomes something else, or breaks a schema. O(upcasters + examples).
  package func adding(
    file text: String, name: String, examples: String?, examplesName: String, catalogue: SchemaCatalogue
  ) throws(UpcasterError) -> Upcasters {
    let upcaster = try UpcasterFile(text: text, name: name).upcaster(catalogue)
    let extended = try adding(upcaster, name: name)
    guard let examples else {
      throw UpcasterError(
        file: name, pointer: "", reason: "the upcaster has no examples",
        remedy: "write \(examplesName), at least one line {\"before\": event, \"after\": [event]}")
    }
    try ExampleCheck(upcaster, name: examplesName, catalogue).check(examples)
    return extended
  }

  private func adding(_ upcaster: Upcaster, name: String) throws(UpcasterError) -> Upcasters {
    try refuse(upcaster, name: name)
    return Upcasters(all + [upcaster])
  }

  /// The versions that an event passes through, ending at the newest; empty where no upcaster takes it. Allocates.
  package func chain(type: String, from version: Int) -> [Int] {
    var passed: [Int] = []
    while let next = upcaster(type: type, version: passed.last ?? version)?.to { passed.append(next) }
    return passed
  }

  /// Whether no upcaster takes this type and version. O(bytes of the type), no allocation.
  package func isCurrent(type: UnsafeBufferPointer<UInt8>, version: Int) -> Bool {
    index.position(type: type, version: version) == nil
  }

  /// Whether one of them may make several events of one.
  package var makesSeveral: Bool { all.contains { !$0.emissions.isEmpty } }

  /// Whether there is none.
  package var isEmpty: Bool { all.isEmpty }

  func upcaster(type: UnsafeBufferPointer<UInt8>, version: Int) -> Upcaster? {
    index.position(type: type, version: version).map { all[$0] }
  }

  func upcaster(type: String, version: Int) -> Upcaster? {
    var type = type
    return type.withUTF8 { upcaster(type: $0, version: version) }
  }
}
