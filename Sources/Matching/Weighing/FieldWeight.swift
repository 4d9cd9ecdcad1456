import Glibc

/// How much more often a finding is seen between records of one person, and between people of one household, than
/// between strangers, as base-2 logarithms: the weight of Fellegi and Sunter ("A Theory for Record Linkage", 1969).
///
/// Their theory has two classes, matched and unmatched. The household is a third, because relatives and twins agree on
/// much that strangers do not.
struct FieldWeight {
  var person: Double
  var household: Double

  /// Says nothing.
  static let none = FieldWeight(person: 0, household: 0)

  private init(person: Double, household: Double) {
    self.person = person
    self.household = household
  }

  /// From the probabilities of the finding in the three classes.
  init(person: Double, household: Double, strangers: Double) {
    self.init(person: log2(person / strangers), household: log2(household / strangers))
  }

  static func + (a: FieldWeight, b: FieldWeight) -> FieldWeight {
    FieldWeight(person: a.person + b.person, household: a.household + b.household)
  }
}

/// What comparing a field of two records came to.
struct Finding {
  let weight: FieldWeight
  /// Nil when they do not agree.
  var reason: MatchReason?

  /// A field that is missing, or that says nothing.
  static let none = Finding(weight: .none, reason: nil)
}
