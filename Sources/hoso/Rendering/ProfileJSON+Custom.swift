import JSON
import ReadModels

/// Events of types that need no schema, by what stands behind `custom.`.
extension ProfileJSON {
  func writeCustom(_ events: CustomEvents, _ writer: inout JSONWriter) {
    writer.key("custom")
    writer.beginObject()
    for (name, figures) in events.byName.sorted(by: { $0.key < $1.key }) {
      writer.key(name)
      write(figures, &writer)
    }
    writer.endObject()
    // Only where somebody has more types than are told apart.
    guard let others = events.others else { return }
    writer.key("custom_others")
    write(others, &writer)
  }

  private func write(_ figures: CustomEvents.Figures, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("count")
    writer.value(figures.count)
    writer.time("first", figures.first)
    writer.time("last", figures.last)
    writer.endObject()
  }
}
