/// The list of ISO 4217 (maintained by SIX, list one), without precious metals, baskets and test codes, which have no
/// minor unit.
///
/// Codes withdrawn since 2020 are kept, because a log holds history: ANG, BGN, CUC, HRK, SLL, ZWL.
enum CurrencyCodes {
  static func contains(_ packed: UInt32) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < packed { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == packed
  }

  static func exponent(of packed: UInt32) -> Int {
    for exception in exceptions where exception.packed == packed { return exception.exponent }
    return 2
  }

  private static let sorted: [UInt32] = packed(all).sorted()

  private static let exceptions: [(packed: UInt32, exponent: Int)] =
    packed(withoutMinorUnit).map { ($0, 0) } + packed(withThousandths).map { ($0, 3) }
    + packed(withTenThousandths).map { ($0, 4) }

  private static func packed(_ codes: String) -> [UInt32] {
    codes.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { code in
      code.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  private static let withoutMinorUnit =
    "VND JPY KRW BIF CLP DJF GNF ISK KMF PYG RWF UGX UYI VUV XAF XOF XPF"
  private static let withThousandths = "BHD IQD JOD KWD LYD OMR TND"
  private static let withTenThousandths = "CLF UYW"

  private static let all = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
    CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP
    LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
    PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW
    ZWG ZWL
    """
}
