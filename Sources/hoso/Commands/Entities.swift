import ArgumentParser
import Events
import Platform
import Projections
import ReadModels

struct Order: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order", abstract: "One order with its history, or a list of orders.",
    subcommands: [Show.self, List.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one order with its history.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The order's id.") var id: String
    @Option(help: "table or json.") var format: EntityFormat = .table

    func run() throws {
      let query = try ReadModelQuery(data)
      try query.generation.read { snapshot in
        guard let order = try snapshot.order(id: id) else { throw QueryError.unknownEntity("order", id) }
        let page = EntityPage(query.platform, format, .orders) { $0.state.total?.currency }
        try page.write(
          try OwnedEntity(order, in: snapshot), EntityKey(.order, id: id), items: order.placed?.value.items, snapshot)
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List orders.")

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let runner = ListingRunner<OwnedEntity<OrderState>>(
        options: options, fields: .orders,
        defaults: ["order_id", "placed", "status", "total", "channel", "store", "person"],
        currency: { $0.state.total?.currency })
      try query.generation.read { snapshot in
        try runner.run(query, nothing: "No orders.") { body in
          try snapshot.forEachOrder { try body(try OwnedEntity($0, in: snapshot)) }
        }
      }
    }
  }
}

struct Ticket: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ticket", abstract: "One help-desk ticket with its history, or a list of tickets.",
    subcommands: [Show.self, List.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one ticket with its history.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The ticket's id.") var id: String
    @Option(help: "table or json.") var format: EntityFormat = .table

    func run() throws {
      let query = try ReadModelQuery(data)
      try query.generation.read { snapshot in
        guard let ticket = try snapshot.ticket(id: id) else { throw QueryError.unknownEntity("ticket", id) }
        let page = EntityPage(query.platform, format, .tickets) { _ in nil }
        try page.write(try OwnedEntity(ticket, in: snapshot), EntityKey(.ticket, id: id), items: nil, snapshot)
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List tickets.")

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let runner = ListingRunner<OwnedEntity<TicketState>>(
        options: options, fields: .tickets,
        defaults: ["ticket_id", "opened", "status", "priority", "hours_to_resolve", "person", "subject"],
        currency: { _ in nil })
      try query.generation.read { snapshot in
        try runner.run(query, nothing: "No tickets.") { body in
          try snapshot.forEachTicket { try body(try OwnedEntity($0, in: snapshot)) }
        }
      }
    }
  }
}

struct Message: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "message", abstract: "Messages that were sent, by e-mail and other channels.", subcommands: [List.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List messages.")

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let runner = ListingRunner<OwnedEntity<MessageState>>(
        options: options, fields: .messages,
        defaults: ["message_id", "sent", "channel", "campaign", "opened", "clicked", "person"], currency: { _ in nil })
      try query.generation.read { snapshot in
        try runner.run(query, nothing: "No messages.") { body in
          try snapshot.forEachMessage { try body(try OwnedEntity($0, in: snapshot)) }
        }
      }
    }
  }
}
