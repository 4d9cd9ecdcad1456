import Foundation

/// One damaged file, and a shop that has it in place of the whole one.
struct DamageCase: Sendable {
  let template: DamagedShop
  let shop: Shop
  let record: DamageRecord
  let damage: Damage
  /// How the case can be repeated.
  let note: String
  /// Whether commands that change things are tried, too.
  let isThorough: Bool

  func complain(_ what: String, _ result: Victim.Result) {
    record.complain(
      "\(what) (\(damage.kind.rawValue))", "\(note) \(damage): \(result.description) \(result.text.suffix(200))")
  }
}
