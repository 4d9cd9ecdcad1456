import Glibc

/// Finds a minimum of a smooth function by the method of Broyden, Fletcher, Goldfarb and Shanno, with a backtracking line
/// search. Nocedal and Wright, "Numerical optimization" (2nd ed., 2006), algorithms 6.1 and 3.1.
struct Minimiser {
  /// A function and its gradient at a point; infinite where it is not defined.
  typealias Function = ([Double]) -> (value: Double, gradient: [Double])

  /// Where the search ended.
  struct Outcome {
    var point: [Double]
    var value: Double
    var gradient: [Double]
    /// An estimate of the inverse of the second derivatives.
    var inverseHessian: Matrix
    var steps: Int
    /// Whether the search came to rest: nothing near is lower by as much as matters.
    var hasConverged: Bool
  }

  let function: Function
  var stepsMax = 500
  /// The search ends where no part of the gradient is larger.
  var gradientMax = 1e-9
  /// It ends, too, where a whole step promises less than this: along a valley whose floor is all but level there is no
  /// end.
  var gainMin = 1e-13

  func minimum(from start: [Double], inverseHessian: Matrix? = nil) -> Outcome {
    let (value, gradient) = function(start)
    var state = Outcome(
      point: start, value: value, gradient: gradient,
      inverseHessian: inverseHessian ?? Matrix(identity: start.count), steps: 0, hasConverged: false)
    while state.steps < stepsMax, state.value.isFinite {
      state.hasConverged =
        state.gradient.allSatisfy { abs($0) <= gradientMax }
        || state.inverseHessian.form(state.gradient) <= gainMin && state.steps > 0
      if state.hasConverged { return state }
      guard let next = step(from: state) else {
        // Nothing lower along the gradient itself: as low as the numbers can tell.
        state.hasConverged = state.gradient.allSatisfy { abs($0) <= 1e-4 }
        return state
      }
      state = next
    }
    return state
  }

  private func step(from state: Outcome) -> Outcome? {
    var direction = state.inverseHessian.times(state.gradient).map { -$0 }
    if dot(direction, state.gradient) >= 0 { direction = state.gradient.map { -$0 } }
    // No parameter by more than a factor of e^2 at once.
    let largest = direction.reduce(0) { max($0, abs($1)) }
    if largest > 2 { direction = direction.map { $0 * 2 / largest } }
    let slope = dot(direction, state.gradient)
    var length = 1.0
    for _ in 0..<40 {
      let point = zip(state.point, direction).map { $0 + length * $1 }
      let (value, gradient) = function(point)
      if value.isFinite, value <= state.value + 1e-4 * length * slope, point != state.point {
        return updated(state, point, value, gradient)
      }
      length /= value.isFinite ? 2 : 8
    }
    return nil
  }

  private func updated(_ state: Outcome, _ point: [Double], _ value: Double, _ gradient: [Double]) -> Outcome {
    let moved = zip(point, state.point).map { $0 - $1 }
    let turned = zip(gradient, state.gradient).map { $0 - $1 }
    var next = state
    (next.point, next.value, next.gradient, next.steps) = (point, value, gradient, state.steps + 1)
    let curvature = dot(moved, turned)
    guard curvature > 1e-12 * dot(moved, moved) else { return next }
    if state.steps == 0 && state.inverseHessian.isIdentity {
      next.inverseHessian = Matrix(identity: point.count).scaled(by: curvature / dot(turned, turned))
    }
    next.inverseHessian.updateInverse(moved: moved, turned: turned, curvature: curvature)
    return next
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
