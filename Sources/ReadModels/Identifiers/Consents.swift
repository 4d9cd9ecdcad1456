import BinaryCoding

/// The consents that events give: for each channel, and for each address that events name with it.
///
/// A list, empty and without memory of its own for the many states that know no consent.
package struct Consents: Hashable, Sendable {
  /// The channel under which deletions of all consents are kept; no event can name it.
  private static let everyChannel = ""

  /// By the bytes of the channel, then of the address; a channel without an address comes first.
  private var entries: [Consent] = []

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// Newest word first. O(n log n).
  package var newestFirst: [Consent] {
    resolved.sorted { a, b in
      a.latest.stamp != b.latest.stamp ? b.latest.stamp < a.latest.stamp : Self.order(a, b.channel, b.address) < 0
    }
  }

  /// The newest word on each channel over all its addresses; channels whose consent was deleted are left out. O(n).
  package var newestByChannel: [String: Bool] {
    var newest: [String: ConsentChange] = [:]
    for consent in resolved {
      if let known = newest[consent.channel], consent.latest.stamp < known.stamp { continue }
      newest[consent.channel] = consent.latest
    }
    return newest.compactMapValues(\.granted)
  }

  /// The consents by channel and address, each with the deletions of all.
  private var resolved: [Consent] {
    guard let deletions = entries.first, deletions.channel == Self.everyChannel else { return entries }
    return entries.dropFirst().map { $0.with(deletions: deletions) }
  }

  /// Adds a word on a channel. O(log n) for a channel and an address that are there.
  mutating func add(_ change: ConsentChange, on channel: String, at address: String?) {
    let (index, isThere) = place(of: channel, address)
    if isThere {
      entries[index].add(change)
    } else {
      entries.insert(Consent(change, on: channel, at: address), at: index)
    }
  }

  /// Deletes all consents, as of the change.
  mutating func deleteAll(_ change: ConsentChange) { add(change, on: Self.everyChannel, at: nil) }

  /// Takes over the words of others. O(n log m).
  mutating func merge(_ other: Self) {
    if entries.isEmpty {
      entries = other.entries
      return
    }
    for consent in other.entries {
      let (index, isThere) = place(of: consent.channel, consent.address)
      if isThere { entries[index].merge(consent) } else { entries.insert(consent, at: index) }
    }
  }

  private func place(of channel: String, _ address: String?) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      let order = Self.order(entries[middle], channel, address)
      if order == 0 { return (middle, true) }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return (low, false)
  }

  private static func order(_ consent: Consent, _ channel: String, _ address: String?) -> Int {
    let order = consent.channel.compareBytes(with: channel)
    if order != 0 { return order }
    guard let mine = consent.address, let address else {
      return (consent.address == nil ? 0 : 1) - (address == nil ? 0 : 1)
    }
    return mine.compareBytes(with: address)
  }
}

/// The stored form; docs/formats/projections.md describes it.
extension Consents {
  func encode(to writer: inout ByteWriter) {
    writer.count(entries.count)
    var previous: Stamp?
    for consent in entries {
      writer.text(consent.channel)
      writer.optional(consent.address) { $0.text($1) }
      let changes = consent.changes
      writer.count(changes.count)
      for change in changes {
        change.encode(to: &writer, after: previous)
        previous = change.stamp
      }
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    var previous: Stamp?
    entries = try reader.list { (reader) throws(CodingError) in
      let channel = try reader.text()
      let address = try reader.optional { (reader) throws(CodingError) in try reader.text() }
      let changes = try reader.list { (reader) throws(CodingError) in
        let change = try ConsentChange(&reader, after: previous)
        previous = change.stamp
        return change
      }
      guard let first = changes.first else { throw CodingError("a consent has no event that speaks of it") }
      var consent = Consent(first, on: channel, at: address)
      for change in changes.dropFirst() { consent.add(change) }
      return consent
    }
  }
}
