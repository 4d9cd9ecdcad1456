/// A URI or a relative reference, split into its parts (RFC 3986, section 3). Nothing is decoded or normalised.
struct URIReference: Equatable {
  var scheme: String?
  var authority: String?
  var path: String
  var query: String?
  var fragment: String?

  /// Any text is a reference; whether it has a scheme is what matters here.
  init(_ text: String) {
    var rest = Substring(text)
    fragment = Self.cut(&rest, behind: "#")
    query = Self.cut(&rest, behind: "?")
    scheme = Self.takeScheme(&rest)
    authority = Self.takeAuthority(&rest)
    path = String(rest)
  }

  var isAbsolute: Bool { scheme != nil }

  var text: String {
    var text = scheme.map { $0 + ":" } ?? ""
    if let authority { text += "//" + authority }
    text += path
    if let query { text += "?" + query }
    if let fragment { text += "#" + fragment }
    return text
  }

  private static func cut(_ rest: inout Substring, behind mark: Unicode.Scalar) -> String? {
    guard let position = rest.unicodeScalars.firstIndex(of: mark) else { return nil }
    let behind = String(rest.unicodeScalars[rest.unicodeScalars.index(after: position)...])
    rest = rest[..<position]
    return behind
  }

  private static func takeScheme(_ rest: inout Substring) -> String? {
    guard let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")), let first = rest.utf8.first,
      isLetter(first), rest.utf8[..<colon].allSatisfy(isSchemeByte)
    else { return nil }
    let scheme = String(rest[..<colon])
    rest = rest[rest.utf8.index(after: colon)...]
    return scheme
  }

  private static func takeAuthority(_ rest: inout Substring) -> String? {
    guard rest.hasPrefix("//") else { return nil }
    let behind = rest.dropFirst(2)
    let end = behind.utf8.firstIndex(of: UInt8(ascii: "/")) ?? behind.endIndex
    rest = behind[end...]
    return String(behind[..<end])
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte &- UInt8(ascii: "0") < 10 || [0x2B, 0x2D, 0x2E].contains(byte)
  }
}

extension URIReference {
  /// The target of this reference seen from `base` (RFC 3986, section 5.2.2).
  func resolved(against base: URIReference) -> URIReference {
    var target = self
    if isAbsolute { return target }
    target.scheme = base.scheme
    if authority != nil { return target }
    target.authority = base.authority
    if path.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else {
      target.path = Self.withoutDotSegments(path.hasPrefix("/") ? path : base.merged(with: path))
    }
    return target
  }

  /// RFC 3986, section 5.2.3.
  private func merged(with relative: String) -> String {
    if authority != nil && path.isEmpty { return "/" + relative }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return relative }
    return path[...slash] + relative
  }

  /// RFC 3986, section 5.2.4.
  private static func withoutDotSegments(_ path: String) -> String {
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    for (position, segment) in segments.enumerated() {
      let isLast = position == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        if kept.count > 1 || kept.first?.isEmpty == false { kept.removeLast() }
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return kept.joined(separator: "/")
  }
}
