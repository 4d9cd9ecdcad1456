import Charts
import Testing

@Suite("Pictures")
struct PictureTests {
  private func map(_ values: [[Double?]], title: String = "Title") -> HeatMap {
    HeatMap(
      title: title, xTitle: "x", yTitle: "y", columns: values[0].indices.map { "c\($0)" },
      rows: values.indices.map { "r\($0)" }, values: values, decimals: 1)
  }

  @Test("have a cell for each value, and none where there is none")
  func cells() {
    let svg = map([[1, nil, 3], [nil, nil, 0.25]]).svg
    #expect(svg.matches(of: /<rect [^>]*><title>/).count == 3)
    #expect(svg.contains("<title>y r0, x c2: 3</title>") && svg.contains("<title>y r1, x c2: 0.3</title>"))
  }

  @Test("write markup in names as text")
  func escaping() {
    let svg = map([[1]], title: "<script>\"A & B\"</script>").svg
    #expect(svg.contains("&lt;script&gt;&quot;A &amp; B&quot;&lt;/script&gt;") && !svg.contains("<script>"))
  }

  @Test("of nothing, or of zeros, are pictures all the same")
  func nothing() {
    for lines in [[], [(x: 0.0, y: 0.0)], [(x: 0, y: 0), (x: 5, y: 0)]] {
      let svg = LineChart(title: "t", xTitle: "x", yTitle: "y", lines: [LineChart.Line("a", lines)]).svg
      #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n") && !svg.contains("nan") && !svg.contains("inf"))
    }
    #expect(!map([[0, 0]]).svg.contains("nan"))
  }

  @Test("have axes that reach the greatest value, in round steps", arguments: [0.003, 0.9, 1, 7, 43.9, 44_021, 1e9])
  func axes(most: Double) throws {
    let svg = LineChart(title: "t", xTitle: "x", yTitle: "y", lines: [LineChart.Line("a", [(0, 0), (1, most)])]).svg
    let ticks = svg.matches(of: /text-anchor="end" fill="#333">([0-9.e+-]+)</).compactMap { Double($0.1) }
    #expect(ticks.count >= 4 && ticks.count <= 11 && ticks[0] == 0)
    #expect(try #require(ticks.last) >= most * 0.999)
  }
}
