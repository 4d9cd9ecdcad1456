import ReadModels

/// A read model of tallies as it would be stored: the sum of the parts of each key, without empty rows.
struct Tallies<State: TallyState>: Equatable {
  private(set) var rows: [String: State] = [:]

  init(_ parts: [State] = []) { add(parts) }

  /// The rows as they would be written.
  var encoded: [String: [UInt8]] { rows.mapValues { $0.encoded() } }

  mutating func add(_ parts: [State]) {
    for part in parts { change("\(part.key)", from: part) { $0.merge(part) } }
  }

  /// Also parts that are not there yet, of which the negative remains.
  mutating func take(_ parts: [State]) {
    for part in parts {
      change("\(part.key)", from: part.negative) { $0.subtract(part) }
    }
  }

  private mutating func change(_ key: String, from new: State, _ body: (inout State) -> Void) {
    guard var row = rows[key] else {
      rows[key] = new
      return
    }
    body(&row)
    rows[key] = row.isEmpty ? nil : row
  }
}

extension TallyState {
  /// What undoes the state when it is merged.
  var negative: Self {
    var negative = self
    negative.subtract(self)
    negative.subtract(self)
    return negative
  }
}
