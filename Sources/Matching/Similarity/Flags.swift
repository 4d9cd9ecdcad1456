/// A set of small numbers; below 64 it needs no memory of its own.
struct Flags {
  private var low: UInt64 = 0
  private var rest: Set<Int> = []

  init() {}

  subscript(index: Int) -> Bool {
    index < 64 ? low >> UInt64(index) & 1 == 1 : rest.contains(index)
  }

  mutating func insert(_ index: Int) {
    if index < 64 { low |= 1 << UInt64(index) } else { rest.insert(index) }
  }
}
