/// A city with some of its districts and wards.
struct City {
  var name: StaticString
  var districts: [StaticString]
  var wards: [StaticString]
}

/// Where people live and where the shop has branches.
enum Places {
  static let cities = [
    City(
      name: "Thành phố Hồ Chí Minh",
      districts: ["Quận 1", "Quận 3", "Quận 7", "Quận 10", "Bình Thạnh", "Gò Vấp", "Phú Nhuận", "Tân Bình"],
      wards: ["Phường Bến Nghé", "Phường Đa Kao", "Phường Tân Định", "Phường 12"]),
    City(
      name: "Hà Nội",
      districts: ["Ba Đình", "Hoàn Kiếm", "Cầu Giấy", "Đống Đa", "Hai Bà Trưng", "Tây Hồ", "Thanh Xuân"],
      wards: ["Phường Hàng Bạc", "Phường Dịch Vọng", "Phường Láng Hạ", "Phường Quảng An"]),
    City(
      name: "Đà Nẵng", districts: ["Hải Châu", "Thanh Khê", "Sơn Trà", "Ngũ Hành Sơn"],
      wards: ["Phường Thạch Thang", "Phường An Hải Bắc", "Phường Mỹ An"]),
    City(
      name: "Cần Thơ", districts: ["Ninh Kiều", "Cái Răng", "Bình Thủy"],
      wards: ["Phường Tân An", "Phường Xuân Khánh", "Phường Lê Bình"]),
    City(
      name: "Hải Phòng", districts: ["Hồng Bàng", "Lê Chân", "Ngô Quyền"],
      wards: ["Phường Minh Khai", "Phường Dư Hàng Kênh", "Phường Máy Tơ"]),
    City(
      name: "Đắk Lắk", districts: ["Buôn Ma Thuột", "Buôn Hồ"],
      wards: ["Phường Tự An", "Phường Tân Lợi", "Phường An Bình"]),
    City(
      name: "Lâm Đồng", districts: ["Đà Lạt", "Bảo Lộc"], wards: ["Phường 1", "Phường 8", "Phường Lộc Tiến"]),
  ]
  static let cityWeights = [38, 27, 12, 8, 6, 5, 4]
  static let streets: [StaticString] = [
    "Lê Lợi", "Nguyễn Huệ", "Hai Bà Trưng", "Trần Hưng Đạo", "Lý Thường Kiệt", "Điện Biên Phủ", "Phan Chu Trinh",
    "Nguyễn Trãi", "Võ Văn Tần", "Hoàng Diệu", "Bà Triệu", "Quang Trung",
  ]

  static let stores = [
    store("pos-hcm-01", "hcm-01"), store("pos-hcm-02", "hcm-02"), store("pos-hcm-03", "hcm-03"),
    store("pos-hcm-04", "hcm-04"), store("pos-hn-01", "hn-01"), store("pos-hn-02", "hn-02"),
    store("pos-hn-03", "hn-03"), store("pos-dn-01", "dn-01"), store("pos-ct-01", "ct-01"),
  ]

  private static func store(_ source: StaticString, _ code: StaticString) -> Origin {
    Origin(source, "pos", store: code, ids: .counted(code), clock: .localSeconds)
  }

  static let marketplaces = [
    Marketplace(name: "shopee", prefix: "SPE"), Marketplace(name: "lazada", prefix: "LZD"),
    Marketplace(name: "tiktokshop", prefix: "TTS"),
  ]
}

/// A marketplace, with the letters that begin its order and buyer numbers.
struct Marketplace {
  var origin: Origin
  var prefix: StaticString

  init(name: StaticString, prefix: StaticString) {
    origin = Origin(name, "marketplace", ids: .timeOrdered, clock: .localSeconds)
    self.prefix = prefix
  }
}
