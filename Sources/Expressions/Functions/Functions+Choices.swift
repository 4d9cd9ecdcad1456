extension Function {
  static let choices: [Function] = [
    Function(
      "coalesce(value, ...)", 1...unlimited, "The first value that is neither null nor the empty text, else null.",
      .lazy { (arguments, scope, context) throws(EvaluationError) in
        for argument in arguments {
          let value = try argument.value(in: scope, context)
          if case .text("") = value { continue }
          if !value.isNull { return value }
        }
        return .null
      }),
    Function(
      "if(condition, value[, otherwise])", 2...3, "The value if the condition holds, else `otherwise` or null.",
      .lazy { (arguments, scope, context) throws(EvaluationError) in
        if try arguments[0].truth(in: scope, context) { return try arguments[1].value(in: scope, context) }
        return arguments.count > 2 ? try arguments[2].value(in: scope, context) : .null
      }),
    Function(
      "error(text)", 1...1,
      "No value: the document is refused for this reason. Stands in a branch of `if` or at the end of `coalesce`.",
      .values { (arguments, _) throws(EvaluationError) in throw EvaluationError(try arguments.text(0), isComplete: true)
      }),
    Function(
      "map(value, {key: result, ...}[, otherwise])", 2...3,
      "The result whose key equals the value, else `otherwise`; without `otherwise` an unknown value is an error.",
      .valueMap),
  ]
}
