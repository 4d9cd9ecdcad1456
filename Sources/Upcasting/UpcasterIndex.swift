import JSON

/// Finds the upcaster that takes a type and version: an open-addressing hash table.
struct UpcasterIndex: Sendable {
  private struct Slot {
    var version = 0
    var name = 0..<0
    /// Of the upcaster; -1 where the slot is free.
    var position = -1
  }

  private var names: [UInt8] = []
  /// As many as a power of two and at least twice the number of upcasters; none where there are none.
  private var slots: [Slot] = []

  init(_ upcasters: [Upcaster]) {
    guard !upcasters.isEmpty else { return }
    var capacity = 8
    while capacity < upcasters.count * 2 { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
    for (position, upcaster) in upcasters.enumerated() { add(upcaster, at: position) }
  }

  private mutating func add(_ upcaster: Upcaster, at position: Int) {
    let start = names.count
    names += upcaster.type.utf8
    let name = start..<names.count
    var slot = names.withUnsafeBufferPointer { Self.hash(UnsafeBufferPointer(rebasing: $0[name]), upcaster.from) }
    slot &= slots.count - 1
    while slots[slot].position >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Slot(version: upcaster.from, name: name, position: position)
  }

  /// O(bytes), no allocation.
  func position(type: UnsafeBufferPointer<UInt8>, version: Int) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Self.hash(type, version) & (slots.count - 1)
    while slots[slot].position >= 0 {
      if slots[slot].version == version, hasName(type, slots[slot].name) { return slots[slot].position }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func hasName(_ type: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Bool {
    names.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[name]).hasSameBytes(as: type) }
  }

  /// Looks at the length and three bytes: whoever sends events puts no names into the table.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>, _ version: Int) -> Int {
    guard !name.isEmpty else { return 0 }
    var hash = UInt32(truncatingIfNeeded: name.count) &* 31 &+ UInt32(name[0])
    hash = hash &* 31 &+ UInt32(name[name.count / 2])
    hash = hash &* 31 &+ UInt32(name[name.count - 1])
    hash = hash &+ UInt32(truncatingIfNeeded: version) &* 0x85EB_CA6B
    return Int(hash &* 0x9E37_79B1 >> 16)
  }
}
