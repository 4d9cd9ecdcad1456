/// A place in the `data` of an event, written as a JSON Pointer (RFC 6901) in which `*` is every element of an array.
struct Path: Sendable {
  enum Segment: Hashable, Sendable {
    case name(MemberName)
    case every
  }

  /// As it was written.
  let text: String
  let segments: [Segment]
  private let scopeCount: Int

  init(text: String, segments: [Segment]) {
    self.text = text
    self.segments = segments
    scopeCount = segments.lastIndex(of: .every).map { $0 + 1 } ?? 0
  }

  /// The way to the elements within which the place lies: all up to the last `*`. Empty where there is none.
  var scope: ArraySlice<Segment> { segments[..<scopeCount] }
  /// The way from such an element to the place: names only.
  var local: ArraySlice<Segment> { segments[scopeCount...] }

  /// Whether this is the other place, or lies inside it.
  func isInside(_ other: Path) -> Bool { segments.starts(with: other.segments) }

  func isRelated(to other: Path) -> Bool { isInside(other) || other.isInside(self) }

  func appending(_ name: MemberName) -> Path {
    Path(text: text + "/" + name.text, segments: segments + [.name(name)])
  }
}

/// The name of an object's member.
struct MemberName: Hashable, Sendable {
  let text: String
  /// The name again, so that it can be compared with what was parsed.
  let bytes: [UInt8]

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }
}

extension Path {
  /// Why a text is no path, and what to write instead.
  struct Mistake: Error {
    let reason: String
    let remedy: String
  }

  /// Reads a pointer. O(bytes).
  init(_ text: String) throws(Mistake) {
    guard text.hasPrefix("/") else {
      throw Mistake(
        reason: "\"\(text)\" is no JSON Pointer into data", remedy: "begin with a slash, as in /shipping/amount")
    }
    var segments: [Segment] = []
    for token in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      segments.append(try Self.segment(token))
    }
    self.init(text: text, segments: segments)
  }

  private static func segment(_ token: Substring) throws(Mistake) -> Segment {
    if token == "*" { return .every }
    guard !token.isEmpty, token != "-", !token.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
    else {
      throw Mistake(
        reason: "the segment \"\(token)\" names no member", remedy: "write * where every element of an array is meant")
    }
    guard let name = unescaped(token) else {
      throw Mistake(reason: "\"~\" stands alone in \"\(token)\"", remedy: "write ~0 for ~ and ~1 for / in a name")
    }
    return .name(MemberName(name))
  }

  private static func unescaped(_ token: Substring) -> String? {
    var name = ""
    var scalars = token.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "~" else {
        name.unicodeScalars.append(scalar)
        continue
      }
      switch scalars.next() {
      case "0": name += "~"
      case "1": name += "/"
      default: return nil
      }
    }
    return name
  }
}
