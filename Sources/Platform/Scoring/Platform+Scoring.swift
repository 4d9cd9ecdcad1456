package import Events
import JSON
package import Projections
import Scoring
import TimeZones

/// Scores: the use cases.
extension Platform {
  /// Everybody with an order that counts as of a day; without one, of that of the last order until today.
  package func buyers(asOf date: CivilDate?, in snapshot: borrowing Snapshot) throws -> Buyers {
    try Buyers(asOf: date, now: Self.now(), configuration, in: snapshot)
  }

  /// The stored fit; nil where none was made. Throws ``ScoringError`` where it cannot be read.
  package func storedFit() throws -> CLVFit? {
    guard let text = try TextFile.read(directory.modelFile) else { return nil }
    do {
      return try CLVFit(json: text)
    } catch {
      throw ScoringError.unusableFit(file: directory.modelFile, reason: "\(error)")
    }
  }

  /// Replaces the stored fit, durably and in one step.
  package func store(_ fit: CLVFit) throws {
    var writer = JSONWriter()
    fit.write(to: &writer)
    writer.newline()
    try TextFile.replace(directory.modelFile, by: String(decoding: writer.bytes, as: UTF8.self))
  }

  /// What scores of single people ask of everybody else, of the live generation: as it was kept, if that still holds.
  package func population(of generation: Generation, in snapshot: borrowing Snapshot) throws -> ScoredPopulation {
    let basis = ScoredPopulation.Basis(
      generation: generation.number, position: snapshot.checkpoint.position, settings: scoringSettings,
      today: configuration.timeZone.civil(Self.now()).date)
    // A file that cannot be read is made anew, as it is where there is none.
    if let text = try? TextFile.read(directory.cutsFile),
      let kept = ScoredPopulation.read(text, configuration.timeZone), kept.basis.serves(basis)
    {
      return kept.population
    }
    let population = ScoredPopulation(try buyers(asOf: nil, in: snapshot), configuration.rfm)
    // Without it everything is as right, and slower: so who may only read may ask.
    try? TextFile.replace(directory.cutsFile, by: population.text(basis))
    return population
  }

  /// Scores of single people. Throws ``ScoringError``. O(people) at most.
  package func personScores(of generation: Generation, in snapshot: borrowing Snapshot) throws -> PersonScores {
    PersonScores(
      try population(of: generation, in: snapshot), try storedFit(), configuration, configuration.horizon)
  }

  /// The stored fit, which must be there and in the currency of the buyers. Throws ``ScoringError``.
  package func fit(for buyers: Buyers) throws -> CLVFit {
    guard let fit = try storedFit() else { throw ScoringError.noFit }
    guard fit.basis.currency == buyers.currency else {
      throw ScoringError.unusableFit(
        file: directory.modelFile,
        reason: "it is in \(fit.basis.currency), and the shop's orders are in \(buyers.currency)")
    }
    return fit
  }

  /// What of the configuration cuts depend on.
  private var scoringSettings: String {
    let rfm = configuration.rfm
    let rates = configuration.rates.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return
      "\(configuration.timeZone) \(configuration.baseCurrency?.code ?? "-") \(rates) \(rfm.percentages) "
      + "\(rfm.fixedR ?? []) \(rfm.fixedF ?? []) \(rfm.fixedM ?? [])"
  }
}
