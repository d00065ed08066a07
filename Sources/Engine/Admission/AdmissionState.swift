/// The state of the sources.
package enum BuildState: Sendable {
    case building
    /// The generation in effect was built from them.
    case ready
    case failed(BrokenBuild)
}

/// The rules by which calls run or wait. They are plain values, without clocks, workers or builds.
///
/// A call runs with the generation in effect if that includes every change that was made before the call arrived.
/// Otherwise it waits for the build that a change has started, or is about to start. `Call` is the type that identifies
/// a call elsewhere.
struct AdmissionState<Call> {
    /// The decision about a call.
    enum Decision: Equatable {
        /// The call runs with the generation in effect, or fails because of a problem with it.
        case run
        /// The call waits until all changes are covered.
        case wait
        case refuse(Refusal)
    }

    /// The reason for refusing a call.
    enum Refusal: Equatable {
        case stopping
        /// The largest permitted number of calls is waiting.
        case queueFull
    }

    private(set) var build = BuildState.building
    /// The change count up to which all changes are in effect, or are known to have no effect.
    private(set) var coveredChanges: UInt64 = 0
    /// The calls that wait for a build, in order of arrival.
    private(set) var waiting: [Call] = []
    private(set) var isStopping = false
    /// The number of calls that may wait, for a build or for a worker.
    let maximumWaiting: Int

    init(maximumWaiting: Int) {
        self.maximumWaiting = maximumWaiting
    }

    /// Decides whether a call runs, waits or is refused.
    ///
    /// - Parameters:
    ///   - changes: the number of changes so far.
    ///   - waitingElsewhere: the number of calls that wait for a worker.
    ///   - wasAdmitted: whether the call was admitted before. It then keeps its place, however many calls wait.
    mutating func admit(
        _ call: Call, changes: UInt64, waitingElsewhere: @autoclosure () -> Int, wasAdmitted: Bool = false
    ) -> Decision {
        if isStopping { return .refuse(.stopping) }
        if isCovered(changes) { return .run }
        guard wasAdmitted || waiting.count + waitingElsewhere() < maximumWaiting else { return .refuse(.queueFull) }
        waiting.append(call)
        return .wait
    }

    /// Whether all changes up to the given count are processed and no build is running.
    func isCovered(_ changes: UInt64) -> Bool {
        guard changes <= coveredChanges else { return false }
        if case .building = build { return false }
        return true
    }

    /// Removes and returns a waiting call, or returns nil if no such call waits.
    mutating func abandon(where matches: (Call) -> Bool) -> Call? {
        waiting.firstIndex(where: matches).map { waiting.remove(at: $0) }
    }

    /// Records that a build has begun.
    mutating func buildBegan() {
        build = .building
    }

    /// Records that the generation in effect was built from the sources.
    mutating func buildIsReady() {
        build = .ready
    }

    /// Records that the sources do not build.
    mutating func buildFailed(_ broken: BrokenBuild) {
        build = .failed(broken)
    }

    /// Records that all changes up to a count were processed.
    ///
    /// - Returns: the calls that waited. The caller must admit them again.
    mutating func covered(_ changes: UInt64) -> [Call] {
        coveredChanges = max(coveredChanges, changes)
        return takeWaiting()
    }

    /// Stops admitting calls.
    ///
    /// - Returns: the calls that waited.
    mutating func stop() -> [Call] {
        isStopping = true
        return takeWaiting()
    }

    private mutating func takeWaiting() -> [Call] {
        defer { waiting = [] }
        return waiting
    }
}
