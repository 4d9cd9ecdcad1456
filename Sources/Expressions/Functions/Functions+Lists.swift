/// What a function makes of the values that its second argument has for the elements of its first.
enum Aggregate: Sendable {
  case sum, min, max, count, first, last, filter
}

extension Function {
  static let lists: [Function] = [
    Function(
      "sum(list[, expression])", 1...2,
      "The sum over the elements of the list, nulls left out; 0 for no elements.", .aggregate(.sum)),
    Function(
      "min(list[, expression])", 1...2, "The least of the values, nulls left out; null if there are none.",
      .aggregate(.min)),
    Function(
      "max(list[, expression])", 1...2, "The greatest of the values, nulls left out; null if there are none.",
      .aggregate(.max)),
    Function(
      "count(list[, condition])", 1...2, "The number of elements, or of those for which the condition holds.",
      .aggregate(.count)),
    Function("first(list[, expression])", 1...2, "The first value that is not null.", .aggregate(.first)),
    Function(
      "filter(list, condition)", 2...2, "The list of those elements for which the condition holds.",
      .aggregate(.filter)),
    Function("last(list[, expression])", 1...2, "The last value that is not null.", .aggregate(.last)),
  ]
}
