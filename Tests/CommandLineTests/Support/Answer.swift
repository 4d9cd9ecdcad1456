import Foundation
import Testing

/// A JSON value of the program's, read field by field.
struct Answer {
  private let value: Any?

  private init(_ value: Any?) { self.value = value }

  init(parsing data: Data) throws { value = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) }

  init(parsing text: some StringProtocol) throws { try self.init(parsing: Data(text.utf8)) }

  subscript(name: String) -> Answer { Answer((value as? [String: Any])?[name]) }

  subscript(index: Int) -> Answer { list.indices.contains(index) ? list[index] : Answer(nil) }

  var text: String? { value as? String }
  var count: Int? { (value as? NSNumber)?.intValue }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var flag: Bool? { value as? Bool }
  var list: [Answer] { (value as? [Any])?.map { Answer($0) } ?? [] }
  var keys: Set<String> { Set((value as? [String: Any])?.keys.map { $0 } ?? []) }
  var isNull: Bool { value is NSNull }
  /// Whether the field is there, be it null.
  var exists: Bool { value != nil }
}
