/// Events for tests, each a line of NDJSON.
enum SampleEvent {
  /// A page view: the smallest event that is valid. Every part can be replaced by other JSON text.
  static func page(
    _ id: String, ids: String = #"{"email":"an@example.vn"}"#, time: String = "2026-03-01T10:00:00+07:00",
    type: String = "page.viewed", source: String = "web", data: String = #"{"url":"https://shop.example.vn/"}"#,
    more: String = ""
  ) -> String {
    #"{"id":"\#(id)","type":"\#(type)","time":"\#(time)","source":"\#(source)","channel":"web","# + more
      + #""ids":\#(ids),"data":\#(data)}"# + "\n"
  }

  /// An order with an amount as JSON text.
  static func order(_ id: String, total: String, currency: String = "VND", orderID: String? = nil) -> String {
    page(
      id, type: "order.placed",
      data: #"{"order_id":\#(orderID ?? "\"\(id)\""),"currency":"\#(currency)","total":\#(total),"items":[]}"#)
  }
}

extension [String] {
  /// Lines as a file holds them.
  var joinedLines: String { map { $0 + "\n" }.joined() }
}
