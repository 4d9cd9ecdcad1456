package import JSON

/// One worker's way from stored events to events of the newest versions.
///
/// Owns a parser and buffers, so it belongs to one thread. The same event always becomes the same events.
package final class Upcasting {
  private let upcasters: Upcasters
  private let parser = JSONParser()
  private var writer = JSONWriter()
  /// Documents of `writer` that an upcaster may still take; the last one is next.
  private var waiting: [Document] = []
  /// Documents of `writer` in their newest version.
  private var finished: [Document] = []

  private struct Document {
    let range: Range<Int>
    /// The upcaster that takes it, if any.
    let upcaster: Upcaster?
    let isDerived: Bool
  }

  package init(_ upcasters: Upcasters) { self.upcasters = upcasters }

  /// Calls `body` with each event that a stored event becomes, in the newest version, whole documents: the event itself
  /// first, unless an upcaster drops it, then those that were made from it.
  ///
  /// An event that no upcaster takes is handed on as it is. `isDerived` tells events that were made from another one.
  /// O(event × upcasters on its way). The value that `body` gets is valid during the call only.
  ///
  /// - Throws: ``UpcastError`` where a step cannot be applied to this event or to one made from it; then `body` is not
  ///   called at all, so no half of an event is folded. And whatever `body` throws.
  package func forEach(
    _ root: JSONValue, _ body: (_ event: JSONValue, _ isDerived: Bool) throws -> Void
  ) throws {
    guard let upcaster = upcasters.upcaster(of: root) else { return try body(root, false) }
    try lead(root, by: upcaster, body)
  }

  /// As ``forEach(_:_:)``, for an event that this upcaster takes.
  func lead(
    _ root: JSONValue, by upcaster: Upcaster, _ body: (_ event: JSONValue, _ isDerived: Bool) throws -> Void
  ) throws {
    writer.removeAll()
    waiting.removeAll(keepingCapacity: true)
    finished.removeAll(keepingCapacity: true)
    try apply(upcaster, to: root, isDerived: false)
    while let next = waiting.popLast() {
      if let upcaster = next.upcaster {
        try apply(upcaster, to: try parsed(next), isDerived: next.isDerived)
      } else {
        finished.append(next)
      }
    }
    for document in finished { try body(try parsed(document), document.isDerived) }
  }

  /// Parsed from a copy: the writer goes on writing behind it.
  private func parsed(_ document: Document) throws -> JSONValue {
    try writer.bytes.withUnsafeBufferPointer { try parser.parse(UnsafeBufferPointer(rebasing: $0[document.range])) }
  }

  private func apply(_ upcaster: Upcaster, to root: JSONValue, isDerived: Bool) throws(UpcastError) {
    let hadData = root["data"]
    var data: Draft? = hadData.map { .parsed($0) } ?? .object([])
    var keepsOriginal = true
    let firstDerived = waiting.count
    for (index, step) in upcaster.steps.enumerated() {
      try upcaster.apply(step, at: index, to: &data)
      guard case .emit(let emission) = step.action, emission.applies(to: data) else { continue }
      keepsOriginal = keepsOriginal && emission.keepsOriginal
      write(emission.type, emission.version, isDerived: true) { emission.write(root, data, to: &$0) }
    }
    // The last one that waits is taken first.
    waiting[firstDerived...].reverse()
    guard keepsOriginal else { return }
    let changed = hadData == nil ? data?.unlessEmpty : data
    write(upcaster.type, upcaster.to, isDerived: isDerived) { upcaster.write(root, changed, to: &$0) }
  }

  private func write(_ type: String, _ version: Int, isDerived: Bool, _ document: (inout JSONWriter) -> Void) {
    let start = writer.bytes.count
    document(&writer)
    writer.endDocument()
    let next = upcasters.upcaster(type: type, version: version)
    waiting.append(Document(range: start..<writer.bytes.count, upcaster: next, isDerived: isDerived))
  }
}

extension Upcaster {
  fileprivate func apply(_ step: Step, at index: Int, to data: inout Draft?) throws(UpcastError) {
    do {
      try step.apply(to: &data)
    } catch {
      throw UpcastError(type: type, version: from, step: index + 1, action: step.name, reason: error.reason)
    }
  }
}

extension Upcasters {
  /// The upcaster that takes an event; nil where it is of the newest version, or is no event.
  fileprivate func upcaster(of event: JSONValue) -> Upcaster? {
    guard let type = event["type"] else { return nil }
    var version = 1
    if let given = event["version"] {
      guard let number = given.numberText.flatMap(Int.init) else { return nil }
      version = number
    }
    return upcaster(type: type.bytes, version: version)
  }
}

extension Draft {
  /// Nil for an object without members.
  fileprivate var unlessEmpty: Draft? {
    if case .object(let members) = self, members.isEmpty { return nil }
    return self
  }
}
