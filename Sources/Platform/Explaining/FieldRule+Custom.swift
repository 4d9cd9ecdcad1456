import ReadModels

extension FieldRule {
  /// `field` is the whole name, as in listings; nil for events of all types that need no schema.
  init?(custom field: String?, _ subject: FieldSubject) {
    guard let field else {
      self.init(counting: nil, subject) { $0.customName }
      return
    }
    guard let custom = CustomEventField(field) else { return nil }
    switch custom.figure {
    case .count: self.init(counting: custom.type, subject) { $0.customName }
    case .first: self.init(one: .first, custom.type, subject)
    case .last: self.init(one: .last, custom.type, subject)
    }
  }

  private init(one selection: Selection, _ type: String, _ subject: FieldSubject) {
    self.init("the time of the \(selection) event of the type", selection) { event in
      subject.anchors(event) && event.customName == type ? type : nil
    }
  }
}
