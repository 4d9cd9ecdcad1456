import JSON

/// Whether an event without identifiers still says whom it concerns, through the entity it speaks of.
enum EntityReference {
  private static let keys: [StaticString] = ["order_id", "ticket_id", "message_id", "credit_id", "cart_id", "deal_id"]

  /// True where `data` names an entity, or an identifier as the decisions about identity do. O(members).
  static func speaks(for data: JSONValue?) -> Bool {
    guard let data else { return false }
    return data.members.contains { key, value in
      value.kind != .object && !value.isNull && keys.contains { key.bytes.spells($0) }
    }
  }
}
