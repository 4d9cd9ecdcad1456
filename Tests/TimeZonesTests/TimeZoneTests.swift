import Events
import Testing
import TimeZones

@Suite struct TimeZoneTests {
  /// Rows drawn at random and computed with Python's zoneinfo from the database 2026f.
  static let referenceRows: [(zone: String, second: Int64, offset: Int, civil: String)] = [
    ("Asia/Ho_Chi_Minh", -265_947_027, 28800, "1961-07-29T05:49:33"),
    ("Asia/Ho_Chi_Minh", 1_202_188_435, 25200, "2008-02-05T12:13:55"),
    ("Asia/Ho_Chi_Minh", 3_145_979_104, 25200, "2069-09-10T02:05:04"),
    ("America/New_York", -268_297_354, -14400, "1961-07-01T12:57:26"),
    ("America/New_York", 1_090_667_230, -14400, "2004-07-24T07:07:10"),
    ("America/New_York", 3_407_402_521, -18000, "2077-12-22T07:42:01"),
    ("Europe/Berlin", -1_393_279_367, 3600, "1925-11-07T02:57:13"),
    ("Europe/Berlin", 396_641_468, 7200, "1982-07-27T20:11:08"),
    ("Europe/Berlin", 3_245_318_625, 3600, "2072-11-02T14:23:45"),
    ("Europe/Dublin", -165_514_874, 3600, "1964-10-03T08:38:46"),
    ("Europe/Dublin", 1_352_749_244, 0, "2012-11-12T19:40:44"),
    ("Europe/Dublin", 3_464_469_750, 3600, "2079-10-14T01:42:30"),
    ("Australia/Lord_Howe", -1_409_292_507, 36000, "1925-05-06T03:51:33"),
    ("Australia/Lord_Howe", 202_214_985, 36000, "1976-05-29T20:49:45"),
    ("Australia/Lord_Howe", 3_105_054_691, 37800, "2068-05-24T13:41:31"),
    ("Asia/Kolkata", -905_803_903, 19800, "1941-04-19T09:18:17"),
    ("Asia/Kolkata", 304_589_134, 19800, "1979-08-27T13:35:34"),
    ("America/St_Johns", -2_029_027_737, -12652, "1905-09-14T17:40:11"),
    ("America/St_Johns", 1_278_776_549, -9000, "2010-07-10T13:12:29"),
    ("America/St_Johns", 2_996_750_265, -12600, "2064-12-17T11:07:45"),
    ("Pacific/Apia", -263_304_278, -39600, "1961-08-28T00:55:22"),
    ("Pacific/Apia", 1_404_374_347, 46800, "2014-07-03T20:59:07"),
    ("America/Sao_Paulo", 1_338_244_563, -10800, "2012-05-28T19:36:03"),
    ("Pacific/Chatham", -1_937_611_125, 44100, "1908-08-08T10:56:15"),
    ("Pacific/Chatham", 127_971_433, 45900, "1974-01-21T16:22:13"),
    ("Pacific/Chatham", 2_222_566_962, 45900, "2040-06-06T16:27:42"),
    ("Asia/Tehran", -1_391_964_149, 12344, "1925-11-22T10:43:15"),
  ]

  @Test(
    "Offsets and clock times agree with Python's zoneinfo, from 1900 past the end of the tables",
    arguments: referenceRows)
  func reference(zone: String, second: Int64, offset: Int, civil: String) throws {
    let zone = try TimeZone(identifier: zone)
    let instant = Instant(microseconds: second * 1_000_000 + 7)
    #expect(zone.offsetSeconds(at: instant) == offset)
    #expect(zone.civil(instant).description == civil + ".000007")
  }

  @Test("A clock time leads back to its instant, or to an earlier one that showed the same time")
  func civilRoundTrip() throws {
    var random = SeededGenerator(seed: 501)
    for row in Self.referenceRows {
      let zone = try TimeZone(identifier: row.zone)
      for _ in 0..<200 {
        let instant = Instant(
          microseconds: Int64.random(in: -3_000_000_000_000_000...4_000_000_000_000_000, using: &random))
        let civil = zone.civil(instant)
        let found = zone.instant(of: civil)
        #expect(zone.civil(found) == civil, "\(random) \(zone) \(instant)")
        #expect(found == instant || found.microseconds > instant.microseconds - 26 * 3_600_000_000, "\(random)")
        #expect(found <= instant, "\(random) \(zone) \(instant)")
      }
    }
  }

  @Test("UTC and fixed offsets need no database")
  func fixedOffsets() throws {
    let noon = Instant(microseconds: 43_200_000_000)
    for (identifier, offset) in [
      ("UTC", 0), ("+07:00", 25_200), ("-03:30", -12_600), ("+00:00", 0), ("-23:59", -86_340),
    ] {
      let zone = try TimeZone(identifier: identifier, directory: "/nowhere")
      #expect(zone.offsetSeconds(at: noon) == offset && zone.identifier == identifier)
      #expect(zone.instant(of: zone.civil(noon)) == noon)
    }
  }

  @Test(
    "Names that could leave the database, and other texts, are refused",
    arguments: [
      "", "/etc/passwd", "../../etc/passwd", "Asia/../UTC", "Asia//Tokyo", "Asia/", ".", "+7:00", "+24:00",
      "+07:60", "07:00", "zone.tab", "Asia/Ho Chi Minh", "Asia/Tokyo\u{0}",
    ])
  func malformedIdentifiers(identifier: String) {
    #expect(throws: TimeZoneError.malformedIdentifier(identifier)) { try TimeZone(identifier: identifier) }
  }

  @Test("An unknown zone, a folder and a missing database are told apart")
  func missingZones() throws {
    let zones = "/usr/share/zoneinfo"
    for identifier in ["Asia/Atlantis", "Asia", "asia/tokyo", "Asia/Tokyo/Ginza"] {
      #expect(throws: TimeZoneError.unknownZone(identifier, directory: zones)) {
        try TimeZone(identifier: identifier, directory: zones)
      }
    }
    #expect(throws: TimeZoneError.databaseNotInstalled(directory: "/nowhere")) {
      try TimeZone(identifier: "Asia/Tokyo", directory: "/nowhere")
    }
    #expect(
      TimeZoneError.databaseNotInstalled(directory: "/nowhere").description
        == "there is no time zone database in /nowhere; install the package tzdata or set TZDIR")
  }

  @Test("Zones are equal when their names and offsets are")
  func equality() throws {
    let tokyo = try TimeZone(identifier: "Asia/Tokyo")
    #expect(try tokyo == TimeZone(identifier: "Asia/Tokyo"))
    #expect(try tokyo != TimeZone(identifier: "Asia/Seoul"))
    #expect(try tokyo != TimeZone(identifier: "Asia/Tokyo", tzif: TZifBuilder().bytes))
  }
}
