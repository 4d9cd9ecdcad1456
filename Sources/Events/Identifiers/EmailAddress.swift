/// The form of an e-mail address, as far as it serves to tell people apart: RFC 5321 allows far more than shops ever see,
/// and whether mail arrives is for the mail system to say.
enum EmailAddress {
  /// Nil when the bytes have exactly one '@' with something on either side and no space.
  static func problem(in bytes: UnsafeBufferPointer<UInt8>) -> NormalisationProblem? {
    var at: Int?
    for (position, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: " ") { return .emailWithSpace }
      guard byte == UInt8(ascii: "@") else { continue }
      if at != nil { return .emailWithoutSingleAt }
      at = position
    }
    guard let at else { return .emailWithoutSingleAt }
    return at == 0 || at == bytes.count - 1 ? .emailWithEmptySide : nil
  }

  static func appendLowerCase(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    let start = out.count
    out.append(contentsOf: bytes)
    for position in start..<out.count { out[position] = out[position].loweredASCII }
  }
}
