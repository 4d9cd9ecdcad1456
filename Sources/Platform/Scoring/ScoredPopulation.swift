import EventLog
package import Events
import JSON
package import Scoring
import TimeZones

/// What the scores of a single person ask of everybody else: the day, the currency, and at which values scores change.
///
/// It is kept in a file beside the read models, since finding it takes a look at everybody. The file is disposable: it is
/// used only for the generation, the settings and the events that it was made from.
package struct ScoredPopulation: Hashable, Sendable {
  package let day: ScoringDay
  package let currency: Currency
  package let cuts: RFMCuts

  package init(_ buyers: Buyers, _ settings: RFMSettings) {
    day = buyers.day
    currency = buyers.currency
    cuts = settings.cuts(buyers.rfmFigures, currency: buyers.currency)
  }

  /// What it holds for.
  struct Basis: Hashable {
    let generation: Int
    let position: Position
    /// What of the configuration it depends on, as a text.
    let settings: String
    /// The day on which it was computed: orders of later days count from then on.
    let today: CivilDate

    /// A thousandth of a million events and more changes quintiles by less than anybody could see, and looking at
    /// everybody after each event would be felt.
    func serves(_ wanted: Basis) -> Bool {
      let events = wanted.position >= position ? wanted.position - position : .max
      return generation == wanted.generation && settings == wanted.settings && today == wanted.today
        && events <= (position >= 1_000_000 ? position / 1_000 : 0)
    }
  }

  func text(_ basis: Basis) -> String {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("generation", basis.generation)
    writer.key("position")
    writer.value(basis.position)
    writer.member("settings", basis.settings)
    writer.member("today", basis.today.iso)
    writer.member("as_of", day.date.iso)
    writer.member("currency", currency.code)
    for (name, cuts) in [("r", cuts.r.map(Int64.init)), ("f", cuts.f.map(Int64.init)), ("m", cuts.m)] {
      writer.key(name)
      writer.beginArray()
      for cut in cuts { writer.value(cut) }
      writer.endArray()
    }
    writer.endObject()
    writer.newline()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// What a file says, with what it holds for; nil where it makes no sense, as it can be made anew.
  static func read(_ text: String, _ zone: TimeZone) -> (population: ScoredPopulation, basis: Basis)? {
    let parser = JSONParser()
    guard let root = try? parser.parse(text.utf8) else { return nil }
    func numbers(_ name: String) -> [Int64]? {
      let numbers = root[name]?.elements.compactMap { $0.numberText.flatMap { Int64($0) } }
      return numbers?.count == 4 ? numbers : nil
    }
    guard let generation = root["generation"]?.numberText.flatMap({ Int($0) }),
      let position = root["position"]?.numberText.flatMap({ Position($0) }), let settings = root["settings"]?.string,
      let today = root["today"]?.string.flatMap({ CivilDate(iso: $0) }),
      let date = root["as_of"]?.string.flatMap({ CivilDate(iso: $0) }),
      let currency = root["currency"]?.string.flatMap({ Currency($0) }),
      let r = numbers("r"), let f = numbers("f"), let m = numbers("m")
    else { return nil }
    let population = ScoredPopulation(
      day: ScoringDay(date, in: zone), currency: currency,
      cuts: RFMCuts(r: r.map { Int($0) }, f: f.map { Int($0) }, m: m))
    return (population, Basis(generation: generation, position: position, settings: settings, today: today))
  }

  private init(day: ScoringDay, currency: Currency, cuts: RFMCuts) {
    (self.day, self.currency, self.cuts) = (day, currency, cuts)
  }
}
