/// A stack whose topmost elements can be moved into an array that has exactly their size.
@safe
struct MovingStack<Element>: ~Copyable {
    private var storage: UnsafeMutablePointer<Element>?
    private var capacity = 0
    private(set) var count = 0

    init() { unsafe storage = nil }

    deinit {
        unsafe storage?.deinitialize(count: count)
        unsafe storage?.deallocate()
    }

    @inline(__always)
    mutating func append(_ element: consuming Element) {
        if count == capacity { grow() }
        unsafe storage?.advanced(by: count).initialize(to: element)
        count += 1
    }

    /// The topmost element. The stack must not be empty.
    @inline(__always)
    var last: Element {
        get { preconditionFailure("a moving stack's top is only ever set") }
        nonmutating _modify {
            guard count > 0, let top = unsafe storage?.advanced(by: count - 1) else {
                preconditionFailure("an empty stack has no top")
            }
            yield unsafe &top.pointee
        }
    }

    /// Removes the elements from the given position on and returns them.
    @inline(__always)
    mutating func takeAll(from start: Int) -> [Element] {
        guard let first = unsafe storage?.advanced(by: start) else { return [] }
        let taken = count - start
        count = start
        var elements: [Element] = []
        elements.reserveCapacity(taken)
        for offset in 0..<taken { unsafe elements.append((first + offset).move()) }
        return elements
    }

    @inline(never)
    private mutating func grow() {
        let larger = max(8, capacity * 2)
        let new = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        if let storage = unsafe storage {
            unsafe new.moveInitialize(from: storage, count: count)
            unsafe storage.deallocate()
        }
        unsafe storage = new
        capacity = larger
    }
}
