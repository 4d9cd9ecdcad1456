import BinaryCoding
import EventLog
import Events
import Hashing
import Identity
import JSON
import ReadModels

/// An event that concerns somebody or something.
struct EntityMention {
  let event: FoldedEvent
  /// Names the stored event.
  let nameHash: Hash128
  /// The identifier that the event is anchored on.
  let anchor: IdentifierKey?
}

/// The events that could not be folded, in the order of the log.
struct ParkedEvents {
  private(set) var events: [(position: Position, reason: String)] = []

  mutating func add(_ position: Position, _ reason: String) { events.append((position, reason)) }
}

extension StateTable where Key == Hash128 {
  /// Remembers that an event concerns the key of a slot, once for all that was made of one stored event. Returns false if
  /// that is known.
  @discardableResult
  mutating func note(_ mention: EntityMention, _ slot: Int, _ timelineDigest: inout SetDigest) -> Bool {
    guard note(mention.event.position, slot) else { return false }
    timelineDigest.note(mention.nameHash, under: keys[slot])
    return true
  }
}

extension StateTable where Key == Hash128, State: EntityState {
  /// The slot of the entity that an id names; nil where there is no id.
  mutating func slot(ofNamed id: JSONValue?, in rows: borrowing some StateRows & ~Copyable) throws -> Int? {
    guard let id, !id.bytes.isEmpty else { return nil }
    let text = { String(decoding: id.bytes, as: UTF8.self) }
    let slot = try slot(of: EntityKey(State.kind, id: id.bytes).hash, in: rows, initial: State(id: text()))
    guard states.withState(slot, { $0.isNamed(id.bytes) }) else {
      let known = states.withState(slot) { $0.id }
      throw UnreadableEvent(reason: "\(State.kind) \(text()) has the same key as \(State.kind) \(known)")
    }
    return slot
  }

  /// Folds an event into the entity of a slot.
  mutating func fold(_ mention: EntityMention, _ slot: Int, _ timelineDigest: inout SetDigest) {
    states.withState(slot) { $0.fold(mention.event, anchor: mention.anchor) }
    note(mention, slot, &timelineDigest)
  }
}

extension FoldedEvent {
  /// Names the event by source and id, as its position depends on the order in which events arrived.
  var nameHash: Hash128 {
    XXH3.hash128(UnsafeRawBufferPointer(id.bytes), seed: XXH3.hash64(UnsafeRawBufferPointer(source.bytes)))
  }
}

extension SetDigest {
  /// Adds that an event concerns a subject.
  mutating func note(_ event: Hash128, under subject: Hash128) {
    let words = (event.high.littleEndian, event.low.littleEndian, subject.high.littleEndian, subject.low.littleEndian)
    add(withUnsafeBytes(of: words) { XXH3.hash128($0, seed: RowTag.timeline.rawValue) })
  }
}

extension EntityState {
  var ownerKey: Hash128? { owner?.identifier.hash }
}
