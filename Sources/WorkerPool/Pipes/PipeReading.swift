/// The decision whether a worker's pipe for results is read. It is a plain value.
struct PipeReading {
    /// Whether a message is being parsed on another thread. The messages after it wait.
    var isParsing = false
    private var isPaused = false

    /// Decides whether to read.
    ///
    /// - Parameter isFull: whether enough of a result is waiting to be read.
    /// - Returns: whether to read from now on, or nil if that does not change.
    mutating func next(isFull: Bool) -> Bool? {
        let pauses = isParsing || isFull
        defer { isPaused = pauses }
        return pauses == isPaused ? nil : !pauses
    }
}
