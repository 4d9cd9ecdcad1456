/// The lengths of keys and values that a table takes.
package enum KeyLimits {
  /// The longest key, in bytes: LMDB's compiled-in `MDB_MAXKEYSIZE`. The shortest has one byte.
  package static let byteCountMax = 511
  /// The longest value, in bytes: LMDB's `MAXDATASIZE`.
  package static let valueByteCountMax = 0xFFFF_FFFF
  /// The longest value beside an 8-byte key that stays in its page; a longer one takes whole overflow pages.
  package static let inPageValueByteCountMax = 2022
}
