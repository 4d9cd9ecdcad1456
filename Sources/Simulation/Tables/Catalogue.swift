/// Something the shop sells. The price is in whole dong.
struct Product {
  var sku: StaticString
  var name: StaticString
  var slug: StaticString
  var category: StaticString
  var price: Int

  init(_ sku: StaticString, _ name: StaticString, _ slug: StaticString, _ category: StaticString, _ price: Int) {
    (self.sku, self.name, self.slug, self.category, self.price) = (sku, name, slug, category, price)
  }
}

/// Sixty products. Those of Arabica beans, and no others, have a SKU that begins with `ARA-`, and they come first.
enum Catalogue {
  static let arabicaCount = 7
  /// Index of the bag of 500 g of Arabica, `ARA-500`.
  static let arabica500 = 1
  static let products = beans + drinks + larder + equipment

  private static let beans = [
    Product("ARA-250", "Arabica Cầu Đất 250 g", "arabica-cau-dat-250", "Cà phê hạt", 98_000),
    Product("ARA-500", "Arabica Cầu Đất 500 g", "arabica-cau-dat-500", "Cà phê hạt", 185_000),
    Product("ARA-1000", "Arabica Cầu Đất 1 kg", "arabica-cau-dat-1000", "Cà phê hạt", 355_000),
    Product("ARA-SL-500", "Arabica Sơn La 500 g", "arabica-son-la-500", "Cà phê hạt", 195_000),
    Product("ARA-KS-250", "Arabica Khe Sanh 250 g", "arabica-khe-sanh-250", "Cà phê hạt", 105_000),
    Product("ARA-HON-250", "Arabica Honey 250 g", "arabica-honey-250", "Cà phê hạt", 145_000),
    Product("ARA-NAT-250", "Arabica Natural 250 g", "arabica-natural-250", "Cà phê hạt", 155_000),
    Product("ROB-250", "Robusta Buôn Ma Thuột 250 g", "robusta-bmt-250", "Cà phê hạt", 62_000),
    Product("ROB-500", "Robusta Buôn Ma Thuột 500 g", "robusta-bmt-500", "Cà phê hạt", 119_000),
    Product("ROB-1000", "Robusta Buôn Ma Thuột 1 kg", "robusta-bmt-1000", "Cà phê hạt", 229_000),
    Product("ROB-HON-500", "Fine Robusta Honey 500 g", "fine-robusta-honey-500", "Cà phê hạt", 165_000),
    Product("CUL-500", "Culi 500 g", "culi-500", "Cà phê hạt", 135_000),
    Product("BLE-PHIN-500", "Phối trộn Phin 500 g", "phoi-tron-phin-500", "Cà phê hạt", 128_000),
    Product("BLE-ESP-500", "Phối trộn Espresso 500 g", "phoi-tron-espresso-500", "Cà phê hạt", 159_000),
    Product("BLE-ESP-1000", "Phối trộn Espresso 1 kg", "phoi-tron-espresso-1000", "Cà phê hạt", 305_000),
    Product("DEC-250", "Cà phê khử caffeine 250 g", "ca-phe-khu-caffeine-250", "Cà phê hạt", 149_000),
    Product("DRP-10", "Cà phê túi lọc, hộp 10", "ca-phe-tui-loc-10", "Cà phê tiện lợi", 119_000),
    Product("CAP-20", "Viên nén, hộp 20", "vien-nen-20", "Cà phê tiện lợi", 189_000),
    Product("INS-3IN1", "Hòa tan 3 trong 1", "hoa-tan-3-trong-1", "Cà phê tiện lợi", 58_000),
    Product("INS-BLACK", "Hòa tan đen", "hoa-tan-den", "Cà phê tiện lợi", 52_000),
    Product("INS-COCO", "Hòa tan cốt dừa", "hoa-tan-cot-dua", "Cà phê tiện lợi", 79_000),
  ]

  private static let drinks = [
    Product("CUP-DEN", "Cà phê đen đá", "ca-phe-den-da", "Thức uống", 29_000),
    Product("CUP-SUA", "Cà phê sữa đá", "ca-phe-sua-da", "Thức uống", 35_000),
    Product("CUP-BAC", "Bạc xỉu", "bac-xiu", "Thức uống", 35_000),
    Product("CUP-TRUNG", "Cà phê trứng", "ca-phe-trung", "Thức uống", 49_000),
    Product("CUP-MUOI", "Cà phê muối", "ca-phe-muoi", "Thức uống", 39_000),
    Product("CUP-LATTE", "Latte", "latte", "Thức uống", 55_000),
    Product("CUP-CAPP", "Cappuccino", "cappuccino", "Thức uống", 55_000),
    Product("CUP-COLD", "Cold brew cam sả", "cold-brew-cam-sa", "Thức uống", 59_000),
    Product("CUP-DAO", "Trà đào", "tra-dao", "Thức uống", 49_000),
    Product("CUP-SEN", "Trà sen vàng", "tra-sen-vang", "Thức uống", 49_000),
    Product("CUP-MATCHA", "Matcha đá xay", "matcha-da-xay", "Thức uống", 65_000),
  ]

  private static let larder = [
    Product("TEA-OL-100", "Trà ô long 100 g", "tra-o-long-100", "Trà", 139_000),
    Product("TEA-SEN-100", "Trà sen 100 g", "tra-sen-100", "Trà", 125_000),
    Product("TEA-SHAN-100", "Trà shan tuyết 100 g", "tra-shan-tuyet-100", "Trà", 175_000),
    Product("TEA-ATISO", "Trà atisô, hộp 20", "tra-atiso-20", "Trà", 65_000),
    Product("CAC-250", "Bột ca cao 250 g", "bot-ca-cao-250", "Thực phẩm", 115_000),
    Product("CHO-70", "Sô cô la đen 70%", "so-co-la-den-70", "Thực phẩm", 85_000),
    Product("MAC-200", "Hạt mắc ca 200 g", "hat-mac-ca-200", "Thực phẩm", 135_000),
    Product("DIE-300", "Hạt điều 300 g", "hat-dieu-300", "Thực phẩm", 129_000),
    Product("HON-350", "Mật ong hoa cà phê 350 ml", "mat-ong-hoa-ca-phe", "Thực phẩm", 149_000),
    Product("SYR-VAN", "Si-rô vani", "si-ro-vani", "Thực phẩm", 155_000),
    Product("MIL-380", "Sữa đặc 380 g", "sua-dac-380", "Thực phẩm", 27_000),
    Product("CAK-MOUSSE", "Bánh mousse ca cao", "banh-mousse-ca-cao", "Bánh", 45_000),
    Product("CAK-CROI", "Bánh sừng bò", "banh-sung-bo", "Bánh", 35_000),
    Product("CAK-BMI", "Bánh mì que", "banh-mi-que", "Bánh", 19_000),
  ]

  private static let equipment = [
    Product("PHIN-NHOM", "Phin nhôm", "phin-nhom", "Dụng cụ", 45_000),
    Product("PHIN-INOX", "Phin inox", "phin-inox", "Dụng cụ", 89_000),
    Product("PHIN-GOM", "Phin gốm Bát Tràng", "phin-gom-bat-trang", "Dụng cụ", 265_000),
    Product("V60-02", "Phễu lọc 02", "pheu-loc-02", "Dụng cụ", 320_000),
    Product("FIL-100", "Giấy lọc, 100 tờ", "giay-loc-100", "Dụng cụ", 75_000),
    Product("GRI-HAND", "Cối xay tay", "coi-xay-tay", "Dụng cụ", 890_000),
    Product("GRI-ELEC", "Máy xay điện", "may-xay-dien", "Dụng cụ", 2_450_000),
    Product("KET-GOOSE", "Ấm cổ ngỗng", "am-co-ngong", "Dụng cụ", 650_000),
    Product("SCA-01", "Cân điện tử", "can-dien-tu", "Dụng cụ", 480_000),
    Product("MUG-300", "Cốc sứ 300 ml", "coc-su-300", "Quà tặng", 110_000),
    Product("TUM-500", "Bình giữ nhiệt 500 ml", "binh-giu-nhiet-500", "Quà tặng", 350_000),
    Product("BAG-TOTE", "Túi vải", "tui-vai", "Quà tặng", 95_000),
    Product("GIFT-TET", "Hộp quà Tết", "hop-qua-tet", "Quà tặng", 550_000),
    Product("CARD-200", "Thẻ quà tặng", "the-qua-tang", "Quà tặng", 200_000),
  ]
}
