extension Shop {
  /// Writes the life of an order after it was placed.
  mutating func fulfil(_ order: Order, placed: Milliseconds) {
    var time = placed
    for step in steps(of: order) {
      time += delay(before: step, of: order)
      composer.orderStep(step, of: order, at: time)
    }
    if random.chance(30) { openTicket(order.person, after: order, at: placed + random.wait(mean: 4 * .day)) }
    let traits = composer.people[order.person].traits
    if traits.contains(.takesTextMessages) { remind(order.person, at: placed + .hour) }
    if random.chance(40), traits.contains(.hasAccount) {
      composer.surveyAnswered(order.person, .email, at: awake(time + .day + random.wait(mean: .day)))
    }
  }

  /// Five orders of a hundred are cancelled on the way; some of the others come back or go wrong.
  private mutating func steps(of order: Order) -> [Order.Step] {
    var steps = order.usualSteps
    let fate = random.below(1000)
    if order.venue.isStore { return fate < 12 ? steps + [.returned, .refunded] : steps }
    switch fate {
    case 0..<50:
      steps.removeSubrange(1...)
      steps.append(.cancelled)
    case 50..<65: steps += [.returned, .refunded]
    case 65..<80: steps.append(.refundedPartly)
    case 80..<85: steps.append(.refunded)
    case 85..<105: steps.append(.incident)
    default: break
    }
    return steps
  }

  private mutating func delay(before step: Order.Step, of order: Order) -> Milliseconds {
    if order.venue.isStore, step == .paid || step == .delivered {
      return Milliseconds(random.between(5...60)) * .second
    }
    let hours: ClosedRange<Int>
    switch step {
    case .paid where order.paysOnDelivery: hours = 18...72
    case .paid: return Milliseconds(random.between(30...600)) * .second
    case .confirmed: hours = 1...10
    case .packed: hours = 2...24
    case .shipped: hours = 1...12
    case .delivered where order.paysOnDelivery: return .minute
    case .delivered: hours = 18...72
    case .cancelled: hours = 1...20
    case .incident: hours = 2...48
    case .returned: hours = 24...168
    case .refunded, .refundedPartly: hours = 12...72
    }
    return Milliseconds(random.between(hours)) * .hour + Milliseconds(random.below(3600)) * .second
  }

  private mutating func remind(_ person: Int, at time: Milliseconds) {
    lastTextMessage += 1
    let number = lastTextMessage
    composer.textMessage("message.sent", person, number: number, at: time)
    let fails = random.chance(30)
    composer.textMessage(
      fails ? "message.failed" : "message.delivered", person, number: number, at: time + 4 * .second)
    if !fails, random.chance(150) {
      composer.textMessage("message.clicked", person, number: number, at: time + random.wait(mean: .hour))
    }
  }
}
