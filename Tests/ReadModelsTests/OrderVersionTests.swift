import BinaryCoding
import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("What an order.placed of version 2 says")
struct OrderVersionTests {
  private let data = #"""
    {"order_id":1,"currency":"USD","total":"41.49","items":[{"sku":"A","quantity":2,"price":20,"discount":"2.50",\#
    "tax":1},{"sku":"B","quantity":1,"price":1}],"shipping":{"method":"express","amount":6.99}}
    """#

  @Test("of shipping is its method and amount")
  func shipping() throws {
    let placed = try details(data)
    #expect(placed.shipping == money(699) && placed.shippingMethod == "express")
    let free = try details(#"{"order_id":1,"currency":"USD","total":1,"items":[],"shipping":{"amount":"0"}}"#)
    #expect(free.shipping == money(0) && free.shippingMethod == nil)
    #expect(try details(#"{"order_id":1,"currency":"USD","total":1,"items":[]}"#).shipping == nil)
  }

  @Test("of shipping is read as the amount where it is one, as in version 1")
  func plainShipping() throws {
    for amount in ["6.99", "\"6.99\""] {
      let placed = try details(#"{"order_id":1,"currency":"USD","total":1,"items":[],"shipping":\#(amount)}"#)
      #expect(placed.shipping == money(699) && placed.shippingMethod == nil)
    }
  }

  @Test("of a line is its discount and tax in the order's currency")
  func lines() throws {
    let items = try details(data).items
    #expect(items[0].discount == money(250) && items[0].tax == money(100))
    #expect(items[1].discount == nil && items[1].tax == nil)
  }

  @Test("is stored and read again")
  func coding() throws {
    let state: OrderState = try folded([event("order.placed", data)])
    let decoded = try state.encoded().withUnsafeBytes { try OrderState.decode($0) }
    #expect(decoded == state && decoded.placed?.value.items[0].discount == money(250))
  }

  private func details(_ data: String) throws -> OrderDetails {
    let state: OrderState = try folded([event("order.placed", data)])
    return try #require(state.placed?.value)
  }

  private func money(_ cents: Int64) -> Money? { Currency("USD").map { Money(minorUnits: cents, currency: $0) } }
}
