/// The state of the sources.
package enum BuildState: Sendable {
    case building
    /// The generation in effect is made of them.
    case ready
    case failed(BrokenBuild)
}

/// Decides when a call may run: decides in values, with no clock, worker or build in it.
///
/// A call runs with what is in effect when that holds every change that was made before the call came. Otherwise it waits
/// for the build that a change has started, or is about to start. `Call` is whatever identifies a call outside.
struct AdmissionState<Call> {
    /// The fate of a call.
    enum Decision: Equatable {
        /// It runs with what is in effect, or fails for what is wrong with it.
        case run
        /// It waits until all changes are covered.
        case wait
        case refuse(Refusal)
    }

    /// The reason for which a call is refused.
    enum Refusal: Equatable {
        case stopping
        /// As many calls wait as may.
        case queueFull
    }

    private(set) var build = BuildState.building
    /// Changes up to this count are in effect, or known to be without one.
    private(set) var coveredChanges: UInt64 = 0
    /// Calls that wait for a build, the first to come first.
    private(set) var waiting: [Call] = []
    private(set) var isStopping = false
    /// The number of calls that may wait, for a build or for a worker.
    let maximumWaiting: Int

    init(maximumWaiting: Int) {
        self.maximumWaiting = maximumWaiting
    }

    /// Takes a call in.
    ///
    /// - Parameters:
    ///   - changes: The number of changes that were made up to now.
    ///   - waitingElsewhere: The number of calls that wait for a worker.
    mutating func admit(_ call: Call, changes: UInt64, waitingElsewhere: @autoclosure () -> Int) -> Decision {
        if isStopping { return .refuse(.stopping) }
        if isCovered(changes) { return .run }
        guard waiting.count + waitingElsewhere() < maximumWaiting else { return .refuse(.queueFull) }
        waiting.append(call)
        return .wait
    }

    /// Whether what is in effect holds that many changes.
    func isCovered(_ changes: UInt64) -> Bool {
        guard changes <= coveredChanges else { return false }
        if case .building = build { return false }
        return true
    }

    /// Takes a waiting call out again; nil when it does not wait.
    mutating func abandon(where matches: (Call) -> Bool) -> Call? {
        waiting.firstIndex(where: matches).map { waiting.remove(at: $0) }
    }

    /// Says that a build has begun.
    mutating func buildBegan() {
        build = .building
    }

    /// Says that what is in effect was made of the sources.
    mutating func buildIsReady() {
        build = .ready
    }

    /// Says that the sources do not build.
    mutating func buildFailed(_ broken: BrokenBuild) {
        build = .failed(broken)
    }

    /// Says that all changes up to a count were looked at.
    ///
    /// - Returns: The calls that waited, which are to be admitted again.
    mutating func covered(_ changes: UInt64) -> [Call] {
        coveredChanges = max(coveredChanges, changes)
        return takeWaiting()
    }

    /// Admits nothing more.
    ///
    /// - Returns: The calls that waited.
    mutating func stop() -> [Call] {
        isStopping = true
        return takeWaiting()
    }

    private mutating func takeWaiting() -> [Call] {
        defer { waiting = [] }
        return waiting
    }
}
