import CUTF8Proc
import Glibc

/// The canonical composition (NFC, Unicode Standard Annex #15) of UTF-8 bytes.
///
/// Pure ASCII is its own NFC and is only copied. Throws when the bytes are not UTF-8. O(n).
package func nfc(_ bytes: UnsafeBufferPointer<UInt8>) throws(MalformedUTF8) -> [UInt8] {
  if bytes.allSatisfy({ $0 < 0x80 }) { return Array(bytes) }
  return try mapped(bytes, UTF8PROC_STABLE, UTF8PROC_COMPOSE)
}

/// The canonical composition (NFC) of a text. O(n).
package func nfc(_ text: String) -> String {
  rewritten(text) { (bytes) throws(MalformedUTF8) in try nfc(bytes) }
}

/// The canonical decomposition (NFD, Unicode Standard Annex #15) of UTF-8 bytes. O(n).
func nfd(_ bytes: UnsafeBufferPointer<UInt8>) throws(MalformedUTF8) -> [UInt8] {
  try mapped(bytes, UTF8PROC_STABLE, UTF8PROC_DECOMPOSE)
}

/// Applies a mapping of UTF-8 bytes to a text.
func rewritten(
  _ text: String, _ transform: (UnsafeBufferPointer<UInt8>) throws(MalformedUTF8) -> [UInt8]
) -> String {
  let bytes = Array(text.utf8)
  do throws(MalformedUTF8) {
    let mapped = try bytes.withUnsafeBufferPointer { (buffer) throws(MalformedUTF8) in try transform(buffer) }
    return String(decoding: mapped, as: UTF8.self)
  } catch {
    fatalError("a Swift String always holds valid UTF-8")
  }
}

private func mapped(
  _ bytes: UnsafeBufferPointer<UInt8>, _ options: utf8proc_option_t...
) throws(MalformedUTF8) -> [UInt8] {
  guard !bytes.isEmpty else { return [] }
  let combined = utf8proc_option_t(rawValue: options.reduce(0) { $0 | $1.rawValue })
  var result: UnsafeMutablePointer<UInt8>?
  let count = utf8proc_map(bytes.baseAddress, bytes.count, &result, combined)
  defer { free(result) }
  // The only errors other than bad UTF-8 are exhausted memory and a text too long for the machine.
  guard count != Int(UTF8PROC_ERROR_INVALIDUTF8) else { throw MalformedUTF8() }
  guard count >= 0 else { fatalError("Unicode normalisation failed: \(String(cString: utf8proc_errmsg(count)))") }
  return Array(UnsafeBufferPointer(start: result, count: count))
}
