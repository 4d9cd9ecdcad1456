import CSIMDJSON

/// Parses JSON documents (RFC 8259) one at a time, re-using its buffers.
///
/// A parsed ``JSONValue`` borrows from the parser and from the text: it is valid until the next call of `parse`, and
/// while the text lives. Numbers keep their text, so no digit is lost. Not thread-safe: one parser a thread.
package final class JSONParser {
  /// Readable bytes that must follow every text handed to ``parse(padded:count:)``.
  package static let padding = hoso_json_padding()

  /// Containers nested deeper than this are refused.
  package static let depthMax = 128

  /// Whether the last document has no blanks between tokens and no string with escapes: then any value of it can be
  /// copied as it stands.
  package private(set) var isMinified = false

  private let parser: OpaquePointer
  private var copy: [UInt8] = []

  package init() {
    guard let parser = hoso_json_parser_create() else { fatalError("out of memory for a JSON parser") }
    self.parser = parser
  }

  deinit { hoso_json_parser_destroy(parser) }

  /// Parses the first `count` bytes of `text`, which must have ``padding`` readable bytes behind them. O(count).
  package func parse(padded text: UnsafeBufferPointer<UInt8>, count: Int) throws(JSONError) -> JSONValue {
    precondition(text.count >= count + Self.padding, "a JSON text needs \(Self.padding) readable bytes behind it")
    guard count > 0, let base = text.baseAddress else { throw JSONError(reason: .empty, offset: 0) }
    let result = hoso_json_parse(parser, base, count, text.count, UInt32(Self.depthMax))
    guard result.status == hoso_json_ok, let nodes = result.nodes else {
      throw JSONError(reason: .init(result.status), offset: result.error_offset)
    }
    isMinified = result.is_minified != 0
    return JSONValue(nodes: UnsafeRawPointer(nodes), text: base, strings: result.strings)
  }

  /// Parses bytes of any origin; they are copied to get the padding. The result borrows from the copy.
  package func parse(_ bytes: some Sequence<UInt8>) throws(JSONError) -> JSONValue {
    copy.removeAll(keepingCapacity: true)
    copy.append(contentsOf: bytes)
    let count = copy.count
    copy.append(contentsOf: repeatElement(0x20, count: Self.padding))
    // The array is not touched again before the next parse, so its storage stays where it is.
    let stored = copy.withUnsafeBufferPointer { $0 }
    return try parse(padded: stored, count: count)
  }
}

/// Why a text is not one JSON document.
package struct JSONError: Error, Equatable, CustomStringConvertible {
  package enum Reason: Sendable {
    case empty, syntax, notUTF8, unclosedString, controlCharacter, escape, numberForm, tooDeep, duplicateKey, trailing
    case outOfMemory
  }

  package let reason: Reason
  /// The byte near which the mistake was found; 0 where the parser could not tell.
  package let offset: Int

  package var description: String {
    let place = offset > 0 ? " near byte \(offset + 1)" : ""
    return reason.sentence + place
  }
}

extension JSONError.Reason {
  init(_ status: hoso_json_status) {
    switch status {
    case hoso_json_empty: self = .empty
    case hoso_json_utf8: self = .notUTF8
    case hoso_json_unclosed_string: self = .unclosedString
    case hoso_json_control_character: self = .controlCharacter
    case hoso_json_escape: self = .escape
    case hoso_json_number_form: self = .numberForm
    case hoso_json_depth: self = .tooDeep
    case hoso_json_duplicate_key: self = .duplicateKey
    case hoso_json_trailing: self = .trailing
    case hoso_json_memory: self = .outOfMemory
    default: self = .syntax
    }
  }

  var sentence: String {
    switch self {
    case .empty: "there is no JSON value"
    case .syntax: "this is not valid JSON"
    case .notUTF8: "the text is not valid UTF-8"
    case .unclosedString: "a string is not closed"
    case .controlCharacter: "a control character stands unescaped in a string"
    case .escape: "a string holds a malformed escape"
    case .numberForm: "a number is not written as JSON allows"
    case .tooDeep: "values are nested deeper than \(JSONParser.depthMax) levels"
    case .duplicateKey: "an object names the same key twice"
    case .trailing: "something follows the JSON value"
    case .outOfMemory: "there is not enough memory to parse the text"
    }
  }
}
