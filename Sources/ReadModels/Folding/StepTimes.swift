import BinaryCoding
import JSON

/// The names under which a state keeps times or texts: an enumeration counted from 0.
package protocol FieldName: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == Int {}

/// When each step of an entity's life was first reached. Microseconds since 1970. At most nine steps.
package struct StepTimes<Step: FieldName>: Hashable, Sendable {
  /// In place, since every entity has some; `.max` for a step that was not reached.
  private var times = InlineArray<9, Int64>(repeating: .max)

  init() {}

  package subscript(step: Step) -> Int64? { times[step.rawValue] == .max ? nil : times[step.rawValue] }

  mutating func reach(_ step: Step, at time: Int64) { times[step.rawValue] = min(times[step.rawValue], time) }

  mutating func merge(_ other: Self) {
    for index in times.indices { times[index] = min(times[index], other.times[index]) }
  }

  package static func == (a: Self, b: Self) -> Bool { a.times.indices.allSatisfy { a.times[$0] == b.times[$0] } }

  package func hash(into hasher: inout Hasher) {
    for index in times.indices { hasher.combine(times[index]) }
  }

  func encode(to writer: inout ByteWriter) {
    writer.unsigned(times.indices.reduce(UInt64(0)) { times[$1] == .max ? $0 : $0 | 1 << UInt64($1) })
    for index in times.indices where times[index] != .max { writer.signed(times[index]) }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    let mask = try reader.unsigned()
    guard mask < 1 << UInt64(Step.allCases.count) else { throw CodingError("a row has steps that are not known") }
    for index in 0..<Step.allCases.count where mask & 1 << UInt64(index) != 0 { times[index] = try reader.signed() }
  }
}

/// Texts of which the latest event that gives one decides.
package struct TextRegisters<Field: FieldName>: Hashable, Sendable {
  private var registers: [Register<String>?]

  init() { registers = Array(repeating: nil, count: Field.allCases.count) }

  package subscript(field: Field) -> String? { registers[field.rawValue]?.value }

  /// Takes over a field of the event's `data`, if it is there.
  mutating func take(_ field: Field, from name: StaticString, of event: FoldedEvent) {
    guard mayTake(field, event), let value = event.data?[name], FoldedEvent.isText(value) else { return }
    set(field, known(field, value.bytes) ?? String(decoding: value.bytes, as: UTF8.self), event)
  }

  /// The same for what serves as a key.
  mutating func takeName(_ field: Field, from name: StaticString, of event: FoldedEvent) {
    guard mayTake(field, event), let value = event.data?[name], FoldedEvent.isText(value) else { return }
    set(field, known(field, value.bytes) ?? String(normalising: value.bytes), event)
  }

  /// Takes over a text that every event has, and that serves as a key.
  mutating func takeName(_ field: Field, _ bytes: UnsafeBufferPointer<UInt8>, of event: FoldedEvent) {
    guard mayTake(field, event) else { return }
    set(field, known(field, bytes) ?? String(normalising: bytes), event)
  }

  private func mayTake(_ field: Field, _ event: FoldedEvent) -> Bool {
    guard let time = registers[field.rawValue]?.stamp.time else { return true }
    return time <= event.time
  }

  /// The present text, if that is spelt with these bytes: most events repeat what is known.
  private func known(_ field: Field, _ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    registers[field.rawValue].flatMap { $0.value.hasSameBytes(as: bytes) ? $0.value : nil }
  }

  mutating func set(_ field: Field, _ text: String, _ event: FoldedEvent) {
    registers[field.rawValue].set(text, event)
  }

  mutating func merge(_ other: Self) {
    for index in registers.indices { registers[index].merge(other.registers[index]) }
  }

  func encode(to writer: inout ByteWriter) {
    let stamps = StampList(registers.lazy.compactMap { $0?.stamp })
    stamps.encode(to: &writer)
    writer.unsigned(registers.presenceMask())
    for register in registers {
      guard let register else { continue }
      stamps.refer(to: register.stamp, in: &writer)
      writer.text(register.value)
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    self.init()
    let stamps = try StampList(&reader)
    let mask = try reader.unsigned()
    guard mask < 1 << UInt64(registers.count) else { throw CodingError("a row has texts that are not known") }
    for index in registers.indices where mask & 1 << UInt64(index) != 0 {
      let stamp = try stamps.stamp(&reader)
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
