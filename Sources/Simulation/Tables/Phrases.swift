/// The texts of the shop's pages, e-mails and tickets.
enum Phrases {
  /// A page of the web shop.
  struct Page {
    var path: StaticString
    var title: StaticString

    init(_ path: StaticString, _ title: StaticString) {
      (self.path, self.title) = (path, title)
    }
  }

  static let site: StaticString = "https://thecoffee.example.vn/"
  static let pages = [
    Page("", "The Coffee | Cà phê rang mộc"), Page("ca-phe-hat", "Cà phê hạt"), Page("tra", "Trà"),
    Page("dung-cu", "Dụng cụ pha chế"), Page("qua-tang", "Quà tặng"), Page("khuyen-mai", "Khuyến mãi"),
    Page("cua-hang", "Hệ thống cửa hàng"), Page("blog/cach-pha-phin", "Cách pha phin ngon tại nhà"),
    Page("blog/arabica-va-robusta", "Arabica và Robusta khác nhau thế nào"), Page("ve-chung-toi", "Về chúng tôi"),
    Page("blog/rang-moc", "Rang mộc là gì"), Page("giao-hang", "Chính sách giao hàng"),
    Page("doi-tra", "Chính sách đổi trả"), Page("tai-khoan", "Tài khoản của tôi"),
    Page("the-thanh-vien", "Thẻ thành viên"),
  ]
  static let referrers: [StaticString] = [
    "https://search.example.com/", "https://social.example.com/", "https://bao.example.vn/", "https://chat.example.vn/",
  ]
  static let searches: [StaticString] = [
    "cà phê sữa", "arabica", "phin", "quà tết", "máy xay", "robusta honey", "giấy lọc", "trà sen", "bình giữ nhiệt",
    "cold brew", "ca phe hat", "khuyen mai",
  ]
  static let mailSubjects: [StaticString] = [
    "Mẻ rang mới tuần này", "Giảm 10% cho cà phê hạt", "Ba công thức cold brew", "Chuyện từ nông trại Cầu Đất",
    "Phin gốm đã về hàng", "Miễn phí giao hàng cuối tuần", "Bạn đã thử honey chưa?", "Quà nhỏ cho thành viên",
  ]
  static let ticketSubjects: [StaticString] = [
    "Đơn hàng giao trễ", "Gói cà phê bị rách", "Đổi sang xay mịn", "Hỏi về điểm thành viên", "Chưa nhận được hóa đơn",
    "Giao nhầm sản phẩm", "Muốn đổi địa chỉ nhận", "Mã giảm giá không dùng được", "Tư vấn máy xay", "Hủy đơn hàng",
  ]
  static let agents: [StaticString] = ["agent-hoa", "agent-minh", "agent-phuc", "agent-thu"]
  static let priorities: [StaticString] = ["low", "normal", "high", "urgent"]
  static let coupons: [StaticString] = ["CHAOBAN", "CUOITUAN", "THANHVIEN", "FREESHIP"]
  static let carriers: [StaticString] = ["giao-nhanh", "tiet-kiem", "hoa-toc"]
  static let cancelReasons: [StaticString] = ["customer_request", "out_of_stock", "unreachable", "duplicate"]
  static let returnReasons: [StaticString] = ["not_as_described", "damaged", "changed_mind", "wrong_item"]
  static let incidents: [StaticString] = ["damaged", "lost", "late", "wrong_item", "other"]
  static let comments: [StaticString] = [
    "Rất hài lòng", "Giao nhanh", "Cà phê thơm", "Hơi lâu", "Đóng gói chưa kỹ", "Sẽ quay lại",
  ]
  static let junk: [StaticString] = [
    "null", "undefined", "0000000000", "unknown", "n/a", "-1", "guest", "[object Object]",
  ]
}
