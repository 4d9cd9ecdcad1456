import EventLog
import Events
import Glibc
import JSON

extension Envelope {
  /// A text that is not empty, not too long and free of control characters.
  static func text(_ value: JSONValue?, _ name: StaticString, charactersMax: Int) throws(EventProblem) -> JSONValue {
    guard let value else { throw EventProblem(.envelope, "", "the required field '\(name)' is missing") }
    guard value.kind == .string else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' must be a string; this is \(value.kind.article)")
    }
    let bytes = value.bytes
    guard !bytes.isEmpty else { throw EventProblem(.envelope, "/\(name)", "'\(name)' is empty") }
    guard bytes.count <= charactersMax || scalarCount(bytes) <= charactersMax else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' is longer than \(charactersMax) characters")
    }
    guard !holdsControlCharacter(value) else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' holds a control character")
    }
    return value
  }

  private static func scalarCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  /// Of the control characters of ASCII, JSON lets only DEL stand in a string without an escape.
  private static func holdsControlCharacter(_ value: JSONValue) -> Bool {
    let bytes = value.bytes
    guard let base = bytes.baseAddress else { return false }
    if value.isVerbatimString { return memchr(base, 0x7F, bytes.count) != nil }
    return bytes.contains { $0 < 0x20 || $0 == 0x7F }
  }

  static func channel(_ value: JSONValue?) throws(EventProblem) -> JSONValue {
    let value = try text(value, "channel", charactersMax: 40)
    guard channels.contains(where: { value.bytes.spells($0) }) else {
      let names = channels.map { "\($0)" }.joined(separator: ", ")
      throw EventProblem(.envelope, "/channel", "unknown channel '\(value.excerpt)'; channels are \(names)")
    }
    return value
  }

  static func version(_ value: JSONValue?) throws(EventProblem) -> Int {
    guard let value else { return 1 }
    guard value.kind == .number, let number = ExactDecimal(utf8: value.bytes)?.int64, number >= 1 else {
      throw EventProblem(.envelope, "/version", "'version' must be a whole number from 1")
    }
    return Int(number)
  }

  static func time(_ text: JSONValue, now: Instant) throws(EventProblem) -> Instant {
    let time: Instant
    do {
      time = try Instant(rfc3339: text.bytes)
    } catch {
      throw EventProblem(.time, "/time", "'\(text.excerpt)' is not an RFC 3339 time: \(error)")
    }
    guard time.microseconds >= 0 else { throw EventProblem(.time, "/time", "the time lies before 1970") }
    guard time.microseconds <= now.microseconds + 86_400_000_000 else {
      throw EventProblem(
        .time, "/time", "\(time.rfc3339) lies more than a day in the future; the clock here says \(now.rfc3339)")
    }
    return time
  }

  static func object(_ value: JSONValue?, _ name: StaticString) throws(EventProblem) -> JSONValue? {
    guard let value else { return nil }
    guard value.kind == .object else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' must be an object; this is \(value.kind.article)")
    }
    return value
  }

  static func flag(_ value: JSONValue?, _ name: StaticString) throws(EventProblem) -> Bool {
    guard let value else { return false }
    guard let flag = value.bool else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' must be true or false; this is \(value.kind.article)")
    }
    return flag
  }
}
