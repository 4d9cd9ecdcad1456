import ArgumentParser
import Events
import Expressions
import JSON
import Platform
import Projections
import ReadModels
import UnicodeText

/// How one entity is written.
enum EntityFormat: String, ExpressibleByArgument, CaseIterable { case table, json }

/// One entity with its history: its fields, an order's items, and the events that speak of it.
struct EntityPage<State: EntityState> {
  private let platform: Platform
  private let format: EntityFormat
  private let fields: FieldSet<OwnedEntity<State>>
  private let printer: ValuePrinter<OwnedEntity<State>>

  init(
    _ platform: Platform, _ format: EntityFormat, _ fields: FieldSet<OwnedEntity<State>>,
    currency: @escaping (OwnedEntity<State>) -> Currency?
  ) {
    self.platform = platform
    self.format = format
    self.fields = fields
    printer = ValuePrinter(zone: platform.configuration.timeZone, currency: currency)
  }

  func write(_ row: OwnedEntity<State>, _ key: EntityKey, items: [OrderItem]?, _ snapshot: borrowing Snapshot) throws {
    let history = try TimelineReader(platform.log).entries(try snapshot.timeline(of: [key.hash]))
    switch format {
    case .table: writeText(row, items, history)
    case .json: writeJSON(row, items, history)
    }
  }

  private func writeText(_ row: OwnedEntity<State>, _ items: [OrderItem]?, _ history: [TimelineEntry]) {
    let terminal = Terminal.output
    for field in fields.all {
      let text = printer.cell(field, row)
      guard text != "-", !text.isEmpty else { continue }
      let label = field.title.prefix(1) + field.title.dropFirst().lowercased()
      StandardOutput.shared.write(
        label + String(repeating: " ", count: max(1, 14 - displayWidth(of: String(label)))) + text.printable + "\n")
    }
    if let items, !items.isEmpty {
      var table = Table([("SKU", .left), ("QUANTITY", .right), ("PRICE", .right), ("NAME", .left)])
      for item in items {
        table.add([item.sku, item.quantity.description, item.price?.description ?? "-", item.name ?? ""])
      }
      StandardOutput.shared.write("\n" + terminal.bold("Items") + "\n" + table.rendered(on: terminal))
    }
    var table = Table([("WHEN", .left), ("WHAT", .left), ("SOURCE", .left), ("", .left)])
    for entry in history {
      table.add([printer.times.minute(entry.time.microseconds), entry.type, entry.source, entry.summary])
    }
    StandardOutput.shared.write("\n" + terminal.bold("History") + "\n" + table.rendered(on: terminal))
  }

  private func writeJSON(_ row: OwnedEntity<State>, _ items: [OrderItem]?, _ history: [TimelineEntry]) {
    var writer = JSONWriter()
    writer.beginObject()
    for field in fields.all {
      writer.key(field.name)
      printer.writeJSON(field, row, to: &writer)
    }
    if let items {
      writer.key("items")
      writer.beginArray()
      for item in items { writer.value(item) }
      writer.endArray()
    }
    writer.key("history")
    writer.beginArray()
    for entry in history { writer.value(entry) }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }
}

extension JSONWriter {
  fileprivate mutating func value(_ item: OrderItem) {
    beginObject()
    key("sku")
    value(item.sku)
    key("quantity")
    raw(item.quantity.description)
    key("price")
    optional(item.price?.description)
    key("name")
    optional(item.name)
    key("category")
    optional(item.category)
    endObject()
  }
}
