import Events
import JSON
import ReadModels

/// What a person bought, by article and by category.
extension ProfileJSON {
  func writeProducts(_ products: [String: ProductFigures], _ writer: inout JSONWriter) {
    writer.key("products")
    writer.beginArray()
    for (sku, figures) in products.sorted(by: { $0.key < $1.key }) {
      writer.beginObject()
      writer.key("sku")
      writer.value(sku)
      writer.key("name")
      writer.optional(figures.name)
      write(figures.units, in: figures.orders, last: figures.last, &writer)
      writer.endObject()
    }
    writer.endArray()
  }

  /// The favourite first.
  func writeCategories(_ person: Person, _ writer: inout JSONWriter) {
    writer.key("categories")
    writer.beginArray()
    for (name, figures) in person.favouriteCategories {
      writer.beginObject()
      writer.key("category")
      writer.value(name)
      write(figures.units, in: figures.orders, last: figures.last, &writer)
      writer.endObject()
    }
    writer.endArray()
  }

  private func write(_ units: ExactDecimal, in orders: Int, last: Int64, _ writer: inout JSONWriter) {
    writer.key("units")
    writer.raw(units.description)
    writer.key("orders")
    writer.value(orders)
    writer.time("last", last)
  }
}
