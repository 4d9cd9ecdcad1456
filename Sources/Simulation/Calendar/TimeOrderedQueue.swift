/// Elements that leave in the order of their times; those of the same time in the order in which they came.
///
/// A heap with four children to a node: half as deep as a binary one, and siblings share cache lines.
/// `insert` is O(log n), `popFirst` O(log n), `nextTime` O(1).
struct TimeOrderedQueue<Element> {
  private struct Entry {
    var time: Milliseconds
    var arrival: UInt64
    var element: Element

    func precedes(_ other: Entry) -> Bool {
      time < other.time || (time == other.time && arrival < other.arrival)
    }
  }

  private var heap: [Entry] = []
  private var arrivals: UInt64 = 0

  var nextTime: Milliseconds? { heap.first?.time }

  mutating func insert(_ element: Element, at time: Milliseconds) {
    let entry = Entry(time: time, arrival: arrivals, element: element)
    arrivals += 1
    heap.append(entry)
    var hole = heap.count - 1
    while hole > 0, case let parent = (hole - 1) / 4, entry.precedes(heap[parent]) {
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = entry
  }

  mutating func popFirst() -> (time: Milliseconds, element: Element)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty { sink(last) }
    return (first.time, first.element)
  }

  private mutating func sink(_ entry: Entry) {
    var hole = 0
    while let child = earliestChild(of: hole), heap[child].precedes(entry) {
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = entry
  }

  private func earliestChild(of parent: Int) -> Int? {
    let first = parent * 4 + 1
    guard first < heap.count else { return nil }
    var earliest = first
    for child in (first + 1)..<max(first + 1, min(first + 4, heap.count)) where heap[child].precedes(heap[earliest]) {
      earliest = child
    }
    return earliest
  }
}
