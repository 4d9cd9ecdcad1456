/// A sum of row hashes modulo 2^128: the digest of a set of rows, whatever the order in which they were added.
///
/// Rows can be taken out again, so a digest is kept current at the cost of the rows that change. It finds mistakes, not
/// forgery: who may choose the rows can make two sets with one sum. Public and inlinable as ``Hash128`` is.
public struct SetDigest: Hashable, Sendable, CustomStringConvertible {
  @usableFromInline var sum: UInt128

  /// The digest of no rows.
  @inlinable public init() { sum = 0 }

  /// The digest that was stored as two words.
  @inlinable public init(high: UInt64, low: UInt64) { sum = UInt128(high) << 64 | UInt128(low) }

  public var high: UInt64 { UInt64(truncatingIfNeeded: sum >> 64) }
  public var low: UInt64 { UInt64(truncatingIfNeeded: sum) }

  @inlinable public mutating func add(_ row: Hash128) { sum &+= UInt128(row.high) << 64 | UInt128(row.low) }
  @inlinable public mutating func remove(_ row: Hash128) { sum &-= UInt128(row.high) << 64 | UInt128(row.low) }

  /// Adds all rows of another set.
  @inlinable public mutating func add(_ other: SetDigest) { sum &+= other.sum }

  /// Takes out all rows of another set, which must be among these.
  @inlinable public mutating func remove(_ other: SetDigest) { sum &-= other.sum }

  /// 32 hexadecimal digits.
  public var description: String { Hash128(high: high, low: low).description }
}
