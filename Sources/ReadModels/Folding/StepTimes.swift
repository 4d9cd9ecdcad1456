import BinaryCoding

/// The names under which a state keeps times or texts: an enumeration counted from 0.
package protocol FieldName: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == Int {}

/// When each step of an entity's life was first reached. Microseconds since 1970.
package struct StepTimes<Step: FieldName>: Hashable, Sendable {
  private var times: [Int64?]

  init() { times = Array(repeating: nil, count: Step.allCases.count) }

  package subscript(step: Step) -> Int64? { times[step.rawValue] }

  mutating func reach(_ step: Step, at time: Int64) { times[step.rawValue].keepEarliest(time) }

  mutating func merge(_ other: Self) {
    for index in times.indices { times[index].keepEarliest(other.times[index]) }
  }

  func encode(to writer: inout ByteWriter) {
    writer.unsigned(times.presenceMask())
    for time in times { if let time { writer.signed(time) } }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    self.init()
    let mask = try reader.unsigned()
    for index in times.indices where mask & 1 << UInt64(index) != 0 { times[index] = try reader.signed() }
  }
}

/// Texts of which the latest event that gives one decides.
package struct TextRegisters<Field: FieldName>: Hashable, Sendable {
  private var registers: [Register<String>?]

  init() { registers = Array(repeating: nil, count: Field.allCases.count) }

  package subscript(field: Field) -> String? { registers[field.rawValue]?.value }

  /// Takes over a field of the event's `data`, if it is there.
  mutating func take(_ field: Field, from name: StaticString, of event: FoldedEvent) {
    guard let text = event.text(name) else { return }
    set(field, text, event)
  }

  mutating func set(_ field: Field, _ text: String, _ event: FoldedEvent) {
    registers[field.rawValue].set(text, event)
  }

  mutating func merge(_ other: Self) {
    for index in registers.indices { registers[index].merge(other.registers[index]) }
  }

  func encode(to writer: inout ByteWriter) {
    writer.unsigned(registers.presenceMask())
    for register in registers {
      guard let register else { continue }
      register.stamp.encode(to: &writer)
      writer.text(register.value)
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    self.init()
    let mask = try reader.unsigned()
    for index in registers.indices where mask & 1 << UInt64(index) != 0 {
      let stamp = try Stamp(&reader)
      registers[index] = Register(try reader.text(), at: stamp)
    }
  }
}

extension Array {
  /// A bit for each element that is there.
  fileprivate func presenceMask<Value>() -> UInt64 where Element == Value? {
    indices.reduce(0) { self[$1] == nil ? $0 : $0 | 1 << UInt64($1) }
  }
}
