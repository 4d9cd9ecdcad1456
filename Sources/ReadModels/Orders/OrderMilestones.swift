/// The steps of an order's life after it was placed.
package enum OrderStep: Int, FieldName {
  case confirmed, paid, packed, shipped, delivered, returned, refunded, cancelled

  init?(_ type: EventType) {
    switch type {
    case .orderConfirmed: self = .confirmed
    case .orderPaid: self = .paid
    case .orderPacked: self = .packed
    case .orderShipped: self = .shipped
    case .orderDelivered: self = .delivered
    case .orderReturned: self = .returned
    case .orderRefunded, .creditIssued: self = .refunded
    case .orderCancelled: self = .cancelled
    default: return nil
    }
  }
}

/// What later events say of an order in words.
package enum OrderText: Int, FieldName {
  case carrier, tracking, cancelReason
}
