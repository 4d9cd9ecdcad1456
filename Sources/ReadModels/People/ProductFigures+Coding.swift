import BinaryCoding

extension ProductFigures {
  func encode(to writer: inout ByteWriter) {
    writer.decimal(units)
    writer.count(orders)
    writer.signed(last)
    writer.optional(name) { $0.text($1) }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    units = try reader.decimal()
    orders = try reader.count()
    last = try reader.signed()
    name = try reader.optional { (reader) throws(CodingError) in try reader.text() }
  }
}

extension CategoryFigures {
  func encode(to writer: inout ByteWriter) {
    writer.decimal(units)
    writer.count(orders)
    writer.signed(last)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    units = try reader.decimal()
    orders = try reader.count()
    last = try reader.signed()
  }
}
