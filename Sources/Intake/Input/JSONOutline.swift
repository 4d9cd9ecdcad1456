import Glibc
import JSON

/// Follows the brackets, strings and commas of one JSON text, to find where it ends without parsing it.
///
/// It knows enough of the grammar (RFC 8259) to notice when a text was cut off and another one begins; it takes any word
/// for a number or a literal. O(bytes).
package struct JSONOutline {
  package enum State: Sendable {
    /// The text has not ended.
    case open
    /// The text has ended, and nothing but blanks follows.
    case complete
    /// No JSON text goes on like this.
    case broken
  }

  private enum Expectation { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing }

  /// The brackets that are open, from the outermost inwards: whether each is an object's.
  private var isObject: [Bool] = []
  private var expectation = Expectation.value

  package init() {}

  /// Follows a line, which ends where a line break or the text does. Behind a broken line nothing may follow.
  package mutating func follow(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> State {
    var index = range.lowerBound
    while index < range.upperBound {
      guard let next = step(bytes, index, range.upperBound) else { return .broken }
      index = next
    }
    return expectation == .nothing ? .complete : .open
  }

  /// Passes over one token. Returns where the next begins; nil where the token does not fit.
  private mutating func step(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int? {
    switch bytes[index] {
    case 0x20, 0x09, 0x0D: return index + 1
    case UInt8(ascii: "{"): return open(object: true) ? index + 1 : nil
    case UInt8(ascii: "["): return open(object: false) ? index + 1 : nil
    case UInt8(ascii: "}"): return close(object: true) ? index + 1 : nil
    case UInt8(ascii: "]"): return close(object: false) ? index + 1 : nil
    case UInt8(ascii: ","): return comma() ? index + 1 : nil
    case UInt8(ascii: ":"):
      guard expectation == .colon else { return nil }
      expectation = .value
      return index + 1
    case UInt8(ascii: "\""): return string() ? endOfString(bytes, index + 1, end) : nil
    default: return takeValue() ? endOfWord(bytes, index + 1, end) : nil
    }
  }

  private mutating func open(object: Bool) -> Bool {
    guard expectation == .value || expectation == .valueOrEnd else { return false }
    // What no parser takes is not followed any further: a text of brackets alone would be followed from each of them.
    guard isObject.count < JSONParser.depthMax else { return false }
    isObject.append(object)
    expectation = object ? .keyOrEnd : .valueOrEnd
    return true
  }

  private mutating func close(object: Bool) -> Bool {
    let mayEnd = expectation == .commaOrEnd || expectation == (object ? .keyOrEnd : .valueOrEnd)
    guard mayEnd, isObject.last == object else { return false }
    isObject.removeLast()
    expectation = isObject.isEmpty ? .nothing : .commaOrEnd
    return true
  }

  private mutating func comma() -> Bool {
    guard expectation == .commaOrEnd, let object = isObject.last else { return false }
    expectation = object ? .key : .value
    return true
  }

  private mutating func string() -> Bool {
    guard expectation == .key || expectation == .keyOrEnd else { return takeValue() }
    expectation = .colon
    return true
  }

  private mutating func takeValue() -> Bool {
    guard expectation == .value || expectation == .valueOrEnd else { return false }
    expectation = isObject.isEmpty ? .nothing : .commaOrEnd
    return true
  }

  /// Behind the closing quote; nil where the line ends before it.
  private func endOfString(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var index = start
    while index < end, let found = memchr(base + index, 0x22, end - index) {
      let quote = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      // A quote behind an odd number of backslashes belongs to the string.
      var slashes = 0
      while quote - slashes > start, bytes[quote - slashes - 1] == UInt8(ascii: "\\") { slashes += 1 }
      if slashes % 2 == 0 { return quote + 1 }
      index = quote + 1
    }
    return nil
  }

  private func endOfWord(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end {
      switch bytes[index] {
      case 0x20, 0x09, 0x0D, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"),
        UInt8(ascii: "\""):
        return index
      default: index += 1
      }
    }
    return index
  }
}
