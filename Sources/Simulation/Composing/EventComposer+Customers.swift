extension EventComposer {
  mutating func registered(
    _ person: Int, _ marks: Marks, _ browser: Browser?, from origin: Origin, at time: Milliseconds,
    phoneForm: PhoneForm? = nil
  ) {
    begin(
      "customer.registered", at: time, from: origin, of: person, marks: marks, browser: browser,
      phoneForm: phoneForm)
    fullName(people[person])
    if wording.chance(600) { birthday(people[person]) }
    writer.text("gender", people[person].isFemale ? "female" : "male")
    if wording.chance(500) { address(people[person]) }
    writer.text("language", "vi")
    writer.beginObject("consent")
    writer.flag("email", people[person].traits.contains(.reads))
    writer.flag("sms", people[person].traits.contains(.takesTextMessages))
    writer.endObject()
    finish(person)
  }

  mutating func updated(_ person: Int, _ marks: Marks, from origin: Origin, at time: Milliseconds) {
    begin("customer.updated", at: time, from: origin, of: person, marks: marks)
    if wording.chance(400) { address(people[person]) }
    writer.beginObject("traits")
    pick("grind", ["whole_bean", "phin", "espresso", "filter"])
    writer.number("cups_per_day", 1 + wording.below(5))
    writer.endObject()
    if wording.chance(150) {
      writer.key("tags")
      writer.raw("[\"vip\",\"arabica\"]")
    }
    finish(person)
  }

  mutating func consentChanged(
    _ person: Int, _ marks: Marks, channel: StaticString, granted: Bool, from origin: Origin, at time: Milliseconds
  ) {
    begin("consent.changed", at: time, from: origin, of: person, marks: marks)
    writer.text("channel", channel)
    writer.flag("granted", granted)
    writer.text("purpose", "marketing")
    writer.text("method", "form")
    finish(person)
  }

  mutating func leadCaptured(
    _ person: Int, _ marks: Marks, _ browser: Browser?, from origin: Origin, at time: Milliseconds
  ) {
    begin("lead.captured", at: time, from: origin, of: person, marks: marks, browser: browser)
    pick("interest", ["newsletter", "wholesale", "workshop", "franchise"])
    finish(person)
  }

  mutating func surveyAnswered(_ person: Int, _ marks: Marks, at time: Milliseconds) {
    begin("survey.answered", at: time, from: .crm, of: person, marks: marks)
    writer.text("survey_id", "nps-2026")
    writer.number("score", 10 - min(wording.below(11), wording.below(11)))
    writer.number("scale", 10)
    pick("comment", Phrases.comments)
    finish(person)
  }

  private mutating func fullName(_ person: Person) {
    let middles = person.isFemale ? Names.femaleMiddles : Names.maleMiddles
    let givens = person.isFemale ? Names.femaleGivens : Names.maleGivens
    writer.beginText("name")
    writer.raw(Names.families[Int(person.family)].text)
    writer.raw(" ")
    writer.raw(middles[Int(person.middle)])
    writer.raw(" ")
    writer.raw(givens[Int(person.given)].text)
    writer.endText()
  }

  private mutating func birthday(_ person: Person) {
    writer.beginText("birthday")
    writer.date(CivilDate(daysSinceEpoch: Int(person.birthDay)))
    writer.endText()
  }

  private mutating func address(_ person: Person) {
    let city = Places.cities[Int(person.city)]
    writer.beginObject("address")
    writer.beginText("line1")
    writer.decimal(1 + wording.below(400))
    writer.raw(" ")
    writer.raw(Places.streets[wording.below(Places.streets.count)])
    writer.endText()
    pick("ward", city.wards)
    pick("district", city.districts)
    writer.text("city", city.name)
    writer.text("country", "VN")
    writer.endObject()
  }
}
