import KeyValueStore

/// The tables of one generation; docs/formats/projections.md describes every row.
struct ProfileTables {
  let meta: Table
  /// Identifier key -> `IdentifierState`.
  let identifiers: Table
  /// Anchor key, other key -> `LinkState`.
  let links: Table
  /// Other key, anchor key -> nothing: the links from the other end.
  let backlinks: Table
  /// A key, another key -> `DecisionState`; each pair stands from both ends.
  let decisions: Table
  /// Identifier key -> why it links nobody.
  let unlinkable: Table
  /// Anchor key, other key -> nothing: links that would have broken a rule or a decision.
  let conflicts: Table
  /// Identifier key -> key of the person's strongest identifier.
  let membership: Table
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

  /// All tables but `meta`.
  var rows: [Table] {
    [
      identifiers, links, backlinks, decisions, unlinkable, conflicts, membership, people, orders, tickets, messages,
      credits, owned, timeline, parked,
    ]
  }

  /// `meta` is opened first, so that the version can be read before tables that it may not have.
  init(_ environment: Environment, meta: Table, create: Bool) throws(StoreError) {
    func table(_ name: String) throws(StoreError) -> Table { try environment.openTable(name, create: create) }
    self.meta = meta
    identifiers = try table("identifiers")
    links = try table("links")
    backlinks = try table("backlinks")
    decisions = try table("decisions")
    unlinkable = try table("unlinkable")
    conflicts = try table("conflicts")
    membership = try table("membership")
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

extension ProfileTables {
  /// The table of the rows with a tag.
  func table(of tag: RowTag) -> Table {
    switch tag {
    case .identifiers: identifiers
    case .links: links
    case .people: people
    case .orders: orders
    case .tickets: tickets
    case .messages: messages
    case .credits: credits
    case .timeline: timeline
    case .decisions: decisions
    }
  }
}

/// Numbers the tables for digests. Storage format: never renumbered.
enum RowTag: UInt64 {
  case identifiers = 1
  case links, people, orders, tickets, messages, credits, timeline, decisions
}
