/// A handle to one named, sorted map of byte keys to byte values inside an `Environment`.
///
/// Keys compare as unsigned bytes. A handle stays valid until its environment closes; it is cheap to copy and to send.
package struct Table: Sendable {
  /// The name in the environment.
  package let name: String
  /// LMDB's number of the table in this process.
  let index: UInt32
  /// The `Environment.serial` of the environment that opened it.
  let environmentSerial: UInt64
}
