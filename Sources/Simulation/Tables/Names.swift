/// A part of a name, as it is written and as it stands in an e-mail address.
struct NamePart {
  var text: StaticString
  var ascii: StaticString

  init(_ text: StaticString, _ ascii: StaticString) {
    (self.text, self.ascii) = (text, ascii)
  }
}

/// Vietnamese names: family, middle and given name, in that order. Family names have rough frequencies per mille.
enum Names {
  static let families = [
    NamePart("Nguyễn", "nguyen"), NamePart("Trần", "tran"), NamePart("Lê", "le"), NamePart("Phạm", "pham"),
    NamePart("Huỳnh", "huynh"), NamePart("Hoàng", "hoang"), NamePart("Phan", "phan"), NamePart("Vũ", "vu"),
    NamePart("Võ", "vo"), NamePart("Đặng", "dang"), NamePart("Bùi", "bui"), NamePart("Đỗ", "do"),
    NamePart("Hồ", "ho"), NamePart("Ngô", "ngo"), NamePart("Dương", "duong"), NamePart("Lý", "ly"),
    NamePart("Đinh", "dinh"), NamePart("Trương", "truong"), NamePart("Mai", "mai"), NamePart("Tạ", "ta"),
  ]
  static let familyWeights = [385, 110, 95, 70, 30, 25, 45, 25, 25, 25, 20, 20, 15, 15, 15, 10, 15, 25, 15, 15]

  static let maleMiddles: [StaticString] = [
    "Văn", "Hữu", "Đức", "Minh", "Quang", "Quốc", "Công", "Thành", "Xuân", "Đình", "Anh", "Trọng", "Gia", "Bảo",
  ]
  static let femaleMiddles: [StaticString] = [
    "Thị", "Ngọc", "Thu", "Thanh", "Kim", "Mỹ", "Bích", "Hồng", "Khánh", "Diệu", "Tuyết", "Phương", "Quỳnh", "Cẩm",
  ]
  static let maleGivens = [
    NamePart("An", "an"), NamePart("Bình", "binh"), NamePart("Cường", "cuong"), NamePart("Dũng", "dung"),
    NamePart("Đạt", "dat"), NamePart("Hải", "hai"), NamePart("Hiếu", "hieu"), NamePart("Hùng", "hung"),
    NamePart("Huy", "huy"), NamePart("Khang", "khang"), NamePart("Khoa", "khoa"), NamePart("Kiên", "kien"),
    NamePart("Lâm", "lam"), NamePart("Long", "long"), NamePart("Lộc", "loc"), NamePart("Mạnh", "manh"),
    NamePart("Nam", "nam"), NamePart("Nghĩa", "nghia"), NamePart("Phong", "phong"), NamePart("Phúc", "phuc"),
    NamePart("Quân", "quan"), NamePart("Sơn", "son"), NamePart("Tài", "tai"), NamePart("Thắng", "thang"),
    NamePart("Thịnh", "thinh"), NamePart("Tiến", "tien"), NamePart("Trí", "tri"), NamePart("Trung", "trung"),
    NamePart("Tuấn", "tuan"), NamePart("Việt", "viet"), NamePart("Vinh", "vinh"), NamePart("Đăng Khôi", "dang.khoi"),
  ]
  /// The first one is the heroine of the coffee scenario.
  static let femaleGivens = [
    NamePart("Hương Giang", "huong.giang"), NamePart("Ánh", "anh"), NamePart("Châu", "chau"),
    NamePart("Chi", "chi"), NamePart("Diễm", "diem"), NamePart("Dung", "dung"), NamePart("Duyên", "duyen"),
    NamePart("Giang", "giang"), NamePart("Hà", "ha"), NamePart("Hạnh", "hanh"), NamePart("Hằng", "hang"),
    NamePart("Hiền", "hien"), NamePart("Hoa", "hoa"), NamePart("Hương", "huong"), NamePart("Lan", "lan"),
    NamePart("Linh", "linh"), NamePart("Loan", "loan"), NamePart("Ly", "ly"), NamePart("Mai", "mai"),
    NamePart("My", "my"), NamePart("Nga", "nga"), NamePart("Ngân", "ngan"), NamePart("Nhung", "nhung"),
    NamePart("Oanh", "oanh"), NamePart("Phượng", "phuong"), NamePart("Thảo", "thao"), NamePart("Thúy", "thuy"),
    NamePart("Trang", "trang"), NamePart("Trâm", "tram"), NamePart("Uyên", "uyen"), NamePart("Vân", "van"),
    NamePart("Yến", "yen"), NamePart("Bảo Ngọc", "bao.ngoc"), NamePart("Minh Châu", "minh.chau"),
  ]
  static let mailDomains: [StaticString] = ["example.vn", "mail.example.vn", "example.com", "thu.example.com"]
}
