/// The form of an e-mail address, as far as it serves to tell people apart: RFC 5321 allows far more than shops ever see,
/// and whether mail arrives is for the mail system to say.
enum EmailAddress {
  /// Nil when the bytes have exactly one '@' with something on either side and no space. A space is named first.
  static func problem(in bytes: UnsafeBufferPointer<UInt8>) -> NormalisationProblem? {
    var at = 0
    var atCount = 0
    for (position, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: " ") { return .emailWithSpace }
      guard byte == UInt8(ascii: "@") else { continue }
      (at, atCount) = (position, atCount + 1)
    }
    if atCount != 1 { return .emailWithoutSingleAt }
    return at == 0 || at == bytes.count - 1 ? .emailWithEmptySide : nil
  }

  static func appendLowerCase(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    let start = out.count
    out.append(contentsOf: bytes)
    for position in start..<out.count { out[position] = out[position].loweredASCII }
  }
}

/// `EmailOptions` made ready: what is taken away before the '@', without memory of its own for each address.
struct EmailReduction: Sendable {
  private let dropsTags: Bool
  private let dotlessDomains: [[UInt8]]

  init(_ options: EmailOptions) {
    dropsTags = options.dropsTags
    dotlessDomains = options.dotlessDomains.map { Array($0.foldedIdentifier().utf8) }
  }

  /// Whether every address stays as it is.
  var isNothing: Bool { !dropsTags && dotlessDomains.isEmpty }

  /// Shortens the address that begins at `start` and reaches to the end; it has an '@' and is in lower case. When nothing
  /// is left before the '@', the whole address goes and the answer is the problem. O(n + domains).
  func apply(to out: inout [UInt8], from start: Int) -> NormalisationProblem? {
    guard let at = out[start...].firstIndex(of: UInt8(ascii: "@")) else { return .emailWithoutSingleAt }
    let isDotless = dotlessDomains.contains { $0.elementsEqual(out[(at + 1)...]) }
    let end = dropsTags ? out[start..<at].firstIndex(of: UInt8(ascii: "+")) ?? at : at
    var kept = start
    for position in start..<end where !(isDotless && out[position] == UInt8(ascii: ".")) {
      out[kept] = out[position]
      kept += 1
    }
    out.removeSubrange(kept == start ? start..<out.count : kept..<at)
    return kept == start ? .emailWithEmptySide : nil
  }
}
