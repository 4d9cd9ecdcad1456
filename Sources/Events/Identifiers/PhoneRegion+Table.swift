/// The numbering plans that ITU-T publishes (Operational Bulletin annexes to E.164), reduced to lengths and prefixes.
/// Regions that share a calling code have the same plan.
extension PhoneRegion {
  package static let vietNam = PhoneRegion("VN", code: "84", lengths: 9...10)

  package static let all: [PhoneRegion] = southEastAsia + eastAsia + southAndWestAsia + europe + overseas

  private static let southEastAsia = [
    vietNam,
    PhoneRegion("BN", code: "673", trunk: "", lengths: 7...7),
    PhoneRegion("ID", code: "62", international: "008", lengths: 7...12),
    PhoneRegion("KH", code: "855", international: "001", lengths: 8...9),
    PhoneRegion("LA", code: "856", lengths: 8...10),
    PhoneRegion("MM", code: "95", lengths: 6...10),
    PhoneRegion("MY", code: "60", lengths: 8...10),
    PhoneRegion("PH", code: "63", lengths: 8...10),
    PhoneRegion("SG", code: "65", trunk: "", international: "001", lengths: 8...8),
    PhoneRegion("TH", code: "66", international: "001", lengths: 8...9),
    PhoneRegion("TL", code: "670", trunk: "", lengths: 7...8),
  ]

  private static let eastAsia = [
    PhoneRegion("CN", code: "86", lengths: 9...11),
    PhoneRegion("HK", code: "852", trunk: "", international: "001", lengths: 8...8),
    PhoneRegion("JP", code: "81", international: "010", lengths: 9...10),
    PhoneRegion("KR", code: "82", international: "001", lengths: 8...11),
    PhoneRegion("MN", code: "976", international: "001", lengths: 8...10),
    PhoneRegion("MO", code: "853", trunk: "", lengths: 8...8),
    PhoneRegion("TW", code: "886", international: "002", lengths: 8...9),
  ]

  private static let southAndWestAsia = [
    PhoneRegion("AE", code: "971", lengths: 8...9),
    PhoneRegion("BD", code: "880", lengths: 8...10),
    PhoneRegion("BH", code: "973", trunk: "", lengths: 8...8),
    PhoneRegion("IL", code: "972", lengths: 8...9),
    PhoneRegion("IN", code: "91", lengths: 10...10),
    PhoneRegion("JO", code: "962", lengths: 8...9),
    PhoneRegion("KW", code: "965", trunk: "", lengths: 8...8),
    PhoneRegion("KZ", code: "7", trunk: "8", international: "810", lengths: 10...10),
    PhoneRegion("LB", code: "961", lengths: 7...8),
    PhoneRegion("LK", code: "94", lengths: 9...9),
    PhoneRegion("NP", code: "977", lengths: 8...10),
    PhoneRegion("OM", code: "968", trunk: "", lengths: 8...8),
    PhoneRegion("PK", code: "92", lengths: 9...10),
    PhoneRegion("QA", code: "974", trunk: "", lengths: 8...8),
    PhoneRegion("SA", code: "966", lengths: 9...9),
    PhoneRegion("TR", code: "90", lengths: 10...10),
  ]
}
