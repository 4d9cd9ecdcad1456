/// The general shop: who does what, and when.
///
/// An agenda holds the next errand of everybody. Working on one writes its events, those of the days after included,
/// into the outbox, which delivers them when their time has come.
struct Shop {
  var composer: EventComposer
  var random: RandomSource
  var agenda = TimeOrderedQueue<Errand>()
  let start: Milliseconds
  let end: Milliseconds
  let customers: Int
  var lastOrder = 0
  var lastTicket = 0
  var lastCart = 0
  var lastTextMessage = 0

  enum Errand {
    case arrive(Int32)
    case browse(Int32)
    case buy(Int32)
    case buyFromCampaign(Int32, week: Int16)
    case sendCampaign(week: Int16)
  }

  init(_ options: SimulationOptions) throws(SimulationError) {
    try options.validate()
    guard let firstDay = CivilDate(options.start) else { throw .notADate(given: options.start) }
    start = firstDay.at(0)
    end = start + Milliseconds(options.days) * .day
    customers = options.customers
    random = RandomSource(seed: options.seed, stream: .behaviour)
    composer = EventComposer(
      seed: options.seed, junk: options.junk,
      outbox: Outbox(late: options.late, repeats: options.repeats, end: end, seed: options.seed))
    populate(options)
    schedule(.sendCampaign(week: 0), at: start + .day + 9 * .hour)
  }

  /// Does the next errand and says when that is; nil when there is nothing left to do.
  mutating func work() -> Milliseconds? {
    guard let (time, errand) = agenda.popFirst() else { return nil }
    switch errand {
    case .arrive(let person): arrive(Int(person), at: time)
    case .browse(let person): browse(Int(person), at: time)
    case .buy(let person): buy(Int(person), at: time)
    case .buyFromCampaign(let person, let week): buyOnline(Int(person), at: time, campaign: .weekly(Int(week)))
    case .sendCampaign(let week): sendCampaign(Int(week), at: time)
    }
    return time
  }

  mutating func schedule(_ errand: Errand, at time: Milliseconds) {
    if time < end { agenda.insert(errand, at: time) }
  }
}
