import KeyValueStore

/// The tables of one generation; docs/formats/projections.md describes every row.
struct ProfileTables {
  let meta: Table
  /// Identifier key -> `IdentifierState`.
  let identifiers: Table
  /// Anchor key, other key -> `LinkState`.
  let links: Table
  /// Identifier key -> key of the person's strongest identifier.
  let membership: Table
  /// Person key, identifier key -> nothing.
  let members: Table
  /// Key of the person's strongest identifier -> `Person`.
  let people: Table
  /// Entity key -> its state.
  let orders, tickets, messages, credits: Table
  /// Owner's identifier key, entity kind, entity key -> nothing.
  let owned: Table
  /// Subject (identifier or entity), first position -> positions.
  let timeline: Table
  /// Position -> why the event could not be folded.
  let parked: Table

  init(_ environment: Environment, create: Bool) throws(StoreError) {
    func table(_ name: String) throws(StoreError) -> Table { try environment.openTable(name, create: create) }
    meta = try table("meta")
    identifiers = try table("identifiers")
    links = try table("links")
    membership = try table("membership")
    members = try table("members")
    people = try table("people")
    orders = try table("orders")
    tickets = try table("tickets")
    messages = try table("messages")
    credits = try table("credits")
    owned = try table("owned")
    timeline = try table("timeline")
    parked = try table("parked")
  }
}

/// Numbers the tables for digests. Storage format: never renumbered.
enum RowTag: UInt64 {
  case identifiers = 1, links, people, orders, tickets, messages, credits, timeline
}
