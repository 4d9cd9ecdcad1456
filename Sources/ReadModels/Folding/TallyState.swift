package import Hashing

/// The state of one key of a read model that sums up rows of others: of orders, messages and people.
///
/// Such sums form a commutative group: what a row contributed can be taken away again. So where a row changes, its former
/// parts are subtracted and its new ones merged, in any order, and no other row has to be read. All sums wrap around
/// where they leave 64 bits, and may be negative on the way.
///
/// `merge` and `subtract` take states of the same key. A state in which every sum is zero is neutral.
package protocol TallyState: FoldState {
  /// The hash of what the state is about, seeded by the kind, so that a product and a campaign of one name differ.
  /// O(bytes of the names).
  var key: Hash128 { get }
  /// Whether every sum is zero; such rows are not stored.
  var isEmpty: Bool { get }
  /// Whether both are about the same by their names, which the row carries so that a collision of keys can be noticed.
  func isSameSubject(as other: Self) -> Bool
  /// Takes away what `merge` added: merging a state and subtracting it gives the former state exactly.
  mutating func subtract(_ other: Self)

  /// What a row contributes: at most one part for a key, none of them empty. O(size of the row), and times the logarithm
  /// of its length where a list has to be sorted, unless the state says otherwise.
  static func parts(of order: OrderState) -> [Self]
  static func parts(of message: MessageState) -> [Self]
  static func parts(of person: Person) -> [Self]
}

extension TallyState {
  package static func parts(of order: OrderState) -> [Self] { [] }
  package static func parts(of message: MessageState) -> [Self] { [] }
  package static func parts(of person: Person) -> [Self] { [] }
}

/// The seeds of the keys of tallies: numbers behind those of `EntityKind`. Storage format.
enum TallyKind: UInt64 {
  case product = 5
  case productPair, campaign

  /// The hash of one name. O(bytes), no allocation for a native string.
  func key(_ name: String) -> Hash128 {
    var name = name
    return name.withUTF8 { XXH3.hash128(UnsafeRawBufferPointer($0), seed: rawValue) }
  }

  /// The hash of two things that are hashed already: of 32 bytes, each number little-endian, the high half first. O(1).
  func key(_ first: Hash128, _ second: Hash128) -> Hash128 {
    let words = (first.high.littleEndian, first.low.littleEndian, second.high.littleEndian, second.low.littleEndian)
    return withUnsafeBytes(of: words) { XXH3.hash128($0, seed: rawValue) }
  }
}
