import EventLog
import Hashing
import ReadModels

/// A key under which states are cached: found by hash, written in order.
protocol TableKey: Hashable, Comparable, Sendable {
  /// Uniform bits to find the key by.
  var slotHash: UInt64 { get }
  /// The most significant bits: keys of different prefixes sort by them.
  var prefix: UInt64 { get }
  var row: RowKey { get }
  static var byteCount: Int { get }
  init(stored: UnsafeRawBufferPointer)
}

/// Identifiers and entities are keyed by hashes.
extension Hash128: TableKey {
  static var byteCount: Int { 16 }
  var slotHash: UInt64 { low }
  var prefix: UInt64 { high }
  var row: RowKey { RowKey(self) }
  init(stored: UnsafeRawBufferPointer) { self = StoredKey.hash(stored) }
}

/// An ordered pair of identifiers: the anchor of events, and another one that they carry.
struct LinkKey: TableKey {
  static var byteCount: Int { 32 }
  let anchor, other: Hash128

  init(anchor: Hash128, other: Hash128) {
    self.anchor = anchor
    self.other = other
  }

  init(stored: UnsafeRawBufferPointer) {
    self.init(anchor: StoredKey.hash(stored), other: StoredKey.hash(stored, at: 16))
  }

  /// The same pair from the other end.
  var reversed: LinkKey { LinkKey(anchor: other, other: anchor) }

  var slotHash: UInt64 { anchor.low &* 0x9E37_79B9_7F4A_7C15 ^ other.low }
  var prefix: UInt64 { anchor.high }
  var row: RowKey { RowKey(anchor, other) }

  static func < (a: Self, b: Self) -> Bool { a.anchor != b.anchor ? a.anchor < b.anchor : a.other < b.other }
}

/// A row of the timeline of a subject.
struct TimelineKey: TableKey {
  static var byteCount: Int { 24 }
  let subject: Hash128
  let first: Position

  init(subject: Hash128, first: Position) {
    self.subject = subject
    self.first = first
  }

  init(stored: UnsafeRawBufferPointer) {
    self.init(subject: StoredKey.hash(stored), first: StoredKey.position(stored, at: 16))
  }

  var slotHash: UInt64 { subject.low &+ first }
  var prefix: UInt64 { subject.high }
  var row: RowKey { RowKey(subject: subject, first: first) }

  static func < (a: Self, b: Self) -> Bool { a.subject != b.subject ? a.subject < b.subject : a.first < b.first }
}

/// A state that is cached; those of entities belong to an identifier.
protocol CachedState: FoldState {
  var ownerKey: Hash128? { get }
  /// What of the state has a bearing on who is one person: where it changes, people are grouped anew.
  var bearing: Bearing { get }
}

/// What of a link or a decision has a bearing on who is one person.
enum Bearing: Equatable {
  case none
  /// A link counts before those that were seen later.
  case firstSeen(Int64)
  /// A decision in force.
  case decided(Stamp, DecisionState.Verdict)
}

extension CachedState {
  var bearing: Bearing { .none }
}

extension IdentifierState: CachedState { var ownerKey: Hash128? { nil } }
extension LinkState: CachedState {
  var ownerKey: Hash128? { nil }
  var bearing: Bearing { .firstSeen(firstSeen) }
}
extension DecisionState: CachedState {
  var ownerKey: Hash128? { nil }
  var bearing: Bearing {
    guard isInForce, let stamp, let verdict = decision?.verdict else { return .none }
    return .decided(stamp, verdict)
  }
}
extension OrderState: CachedState {}
extension TicketState: CachedState {}
extension MessageState: CachedState {}
extension CreditState: CachedState {}
