import JSON

extension JSONValue {
  /// Equality as JSON Schema defines it (core, section 4.2.2): numbers by value, objects whatever the order of members.
  func isEqual(to other: JSONValue) -> Bool {
    isEquivalent(to: other) { DecimalText($0) == DecimalText($1) }
  }

  /// Feeds what ``isEqual(to:)`` compares, so that equal values hash alike.
  func hashContent(into hasher: inout Hasher) {
    hasher.combine(kind)
    switch kind {
    case .null, .true, .false: break
    case .string: hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    case .number: Self.hash(DecimalText(bytes), into: &hasher)
    case .array: for element in elements { element.hashContent(into: &hasher) }
    case .object: hasher.combine(membersHash())
    }
  }

  private static func hash(_ number: DecimalText, into hasher: inout Hasher) {
    hasher.combine(number.isNegative && !number.isZero)
    hasher.combine(number.exponent)
    number.forEachDigit { digit in
      hasher.combine(digit)
      return true
    }
  }

  /// The sum over the members, which their order does not change.
  private func membersHash() -> Int {
    var sum = 0
    for (key, value) in members {
      var hasher = Hasher()
      key.hashContent(into: &hasher)
      value.hashContent(into: &hasher)
      sum &+= hasher.finalize()
    }
    return sum
  }

  /// Whether no two elements of the array are equal. Few are compared in pairs, many by hash: O(n log n) as a rule.
  var hasUniqueElements: Bool {
    guard count > 1 else { return true }
    return count <= 16 ? hasUniqueElementsInPairs : hasUniqueElementsByHash
  }

  private var hasUniqueElementsInPairs: Bool {
    for (position, element) in elements.enumerated() {
      for earlier in elements.prefix(position) where earlier.isEqual(to: element) { return false }
    }
    return true
  }

  private var hasUniqueElementsByHash: Bool {
    var seen: [Int: [JSONValue]] = [:]
    for element in elements {
      var hasher = Hasher()
      element.hashContent(into: &hasher)
      let hash = hasher.finalize()
      if let alike = seen[hash], alike.contains(where: { $0.isEqual(to: element) }) { return false }
      seen[hash, default: []].append(element)
    }
    return true
  }
}
