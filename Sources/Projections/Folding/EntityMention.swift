import EventLog
import Events
import Hashing
import Identity
import JSON
import ReadModels

/// An event that speaks of an entity.
struct EntityMention {
  let event: FoldedEvent
  /// The id by which it names the entity.
  let id: JSONValue?
  let nameHash: Hash128
  /// The identifier that the event is anchored on.
  let anchor: Identifier?
}

/// The events of which something could not be folded, in the order of the log.
struct ParkedEvents {
  private(set) var events: [(position: Position, reason: String)] = []

  mutating func add(_ position: Position, _ reason: String) {
    if events.last?.position == position, let earlier = events.popLast() {
      return events.append((position, earlier.reason + "; " + reason))
    }
    events.append((position, reason))
  }
}

extension StateTable where Key == Hash128, State: EntityState {
  /// Folds an event into the entity that it names, if it names one.
  mutating func fold(
    _ mention: EntityMention, in writer: borrowing GenerationWriter, _ timelineDigest: inout SetDigest,
    _ parked: inout ParkedEvents
  ) throws {
    guard let id = mention.id, !id.bytes.isEmpty else { return }
    let text = { String(decoding: id.bytes, as: UTF8.self) }
    let slot = try slot(of: EntityKey(State.kind, id: id.bytes).hash, in: writer, initial: State(id: text()))
    let isFolded = states.withState(slot) { $0.fold(mention.event, anchor: mention.anchor, name: id.bytes) }
    guard isFolded else {
      let known = states.withState(slot) { $0.id }
      let reason = "\(State.kind) \(text()) has the same key as \(State.kind) \(known), and is left out"
      return parked.add(mention.event.position, reason)
    }
    note(mention.event.position, slot)
    timelineDigest.note(mention.nameHash, under: keys[slot])
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
  var ownerKey: Hash128? { owner.map { IdentifierKey($0.identifier).hash } }
}
