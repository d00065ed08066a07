import DequeModule
import NIOCore

/// The rules by which workers take calls. They are plain values, without processes, channels or clocks.
///
/// A call takes the worker that was idle for the shortest time. If none is idle, the call waits, first come, first
/// served, and a new worker starts while there are fewer than the limit. The pool keeps one worker more than the
/// calls need.
///
/// A few workers, which keep the processors' caches warm, serve quick calls sooner than many workers do. So while
/// ``width`` workers are busy, a call waits for one of them for the time of ``patience`` before another worker takes
/// it.
///
/// A nested call is one that a function makes while it runs. It must not wait for a worker that waits for it, so it
/// comes first and may use workers beyond the limit.
///
/// `Call` and `WorkerID` are the types that identify calls and workers elsewhere.
struct WorkerPoolState<Call, WorkerID: Hashable> {
    /// The state of a worker.
    enum Phase: Equatable {
        /// The worker's process is starting and loading the plugin.
        case created
        case idle
        case busy
        /// The worker's process is ending, or has ended and is not reaped yet.
        case dying
    }

    /// An action that the caller must perform. Actions must be performed in the order in which they are returned.
    enum Action {
        /// Start a process, then call ``WorkerPoolState/workerStarted(_:)`` or
        /// ``WorkerPoolState/workerFailedToStart()``.
        case startWorker
        /// Hand a call to a worker.
        case dispatch(Call, to: WorkerID)
        /// Close the pipes of an idle or starting worker, which then ends by itself.
        case endWorker(WorkerID)
        /// Fail a call that no worker can take.
        case refuse(Call, Refusal)
    }

    /// The reason for refusing a call.
    enum Refusal: Equatable {
        case queueFull
        /// No worker may be started for a nested call, and none is free.
        case nestedTooDeep
        case workersDoNotStart
        case stopping
    }

    private(set) var phases: [WorkerID: Phase] = [:]
    /// The idle workers, each with the time at which it became idle. The most recently used one is last.
    private var idleSince: [(worker: WorkerID, since: NIODeadline)] = []
    /// The calls that wait for a worker, each with the time at which it began to wait, in order of arrival.
    private var line: Deque<(call: Call, since: NIODeadline)> = []
    /// The nested calls that wait for a worker, in order of arrival.
    private(set) var waitingNested: Deque<Call> = []
    /// The number of workers that ended before they were ready, or while they were idle, since a call last completed.
    private var endsInARow = 0
    /// The number of such ends after which the pool stops replacing workers by itself. The same cause would end new
    /// workers as well, so they are started only for calls.
    static var mostEndsInARow: Int { 3 }
    /// The number of workers that were requested and have no identity yet.
    private(set) var starting = 0
    private(set) var isDraining = false
    private(set) var isStopped = false
    let maximumWorkers: Int
    let maximumWaiting: Int
    /// The number of workers beyond ``maximumWorkers`` for nested calls.
    let maximumNested: Int
    /// The number of busy workers at which a call first waits a short time for one of them.
    let width: Int
    /// The time for which such a call waits.
    static var patience: TimeAmount { .milliseconds(5) }

    init(maximumWorkers: Int, maximumWaiting: Int, maximumNested: Int, width: Int = .max) {
        self.width = width
        self.maximumWorkers = maximumWorkers
        self.maximumWaiting = maximumWaiting
        self.maximumNested = maximumNested
    }

    /// The idle workers. The most recently used one is last.
    var idle: [WorkerID] { idleSince.map(\.worker) }
    /// The calls that wait for a worker, in order of arrival.
    var waiting: [Call] { line.map(\.call) }
    var waitingCount: Int { line.count + waitingNested.count }
    private var workerCount: Int { phases.count + starting }
    private var busyCount: Int { phases.values.count { $0 == .busy } }
    private var comingCount: Int { starting + phases.values.count { $0 == .created } }

    /// Handles a new call.
    ///
    /// - Parameter isNested: whether a function that runs in this pool made the call.
    mutating func call(
        _ call: Call, isNested: Bool = false, at now: NIODeadline = .uptimeNanoseconds(0)
    ) -> [Action] {
        if isStopped { return [.refuse(call, .stopping)] }
        if isNested || busyCount < width, let action = dispatchToIdle(call) { return [action] + growIfNeeded() }
        if isNested {
            let possible = comingCount + max(0, maximumWorkers + maximumNested - workerCount)
            guard waitingNested.count < possible else { return [.refuse(call, .nestedTooDeep)] }
            waitingNested.append(call)
        } else {
            guard line.count < maximumWaiting || !idleSince.isEmpty else { return [.refuse(call, .queueFull)] }
            line.append((call, now))
            if line.count > maximumWaiting, let action = dispatchFirst() { return [action] }
        }
        return growIfNeeded()
    }

    /// Hands calls that have waited long enough to idle workers.
    mutating func serve(at now: NIODeadline = .uptimeNanoseconds(0)) -> [Action] {
        var actions: [Action] = []
        while mayServeFirst(at: now), let action = dispatchFirst() { actions.append(action) }
        return actions.isEmpty ? [] : actions + growIfNeeded()
    }

    /// The time at which ``serve(at:)`` has something to do, or nil if no call waits while a worker is idle.
    var nextServing: NIODeadline? {
        idleSince.isEmpty ? nil : line.first.map { $0.since + Self.patience }
    }

    private func mayServeFirst(at now: NIODeadline) -> Bool {
        guard let first = line.first else { return false }
        return isDraining || busyCount < width || first.since + Self.patience <= now
    }

    private mutating func dispatchFirst() -> Action? {
        guard !idleSince.isEmpty, let call = line.popFirst()?.call else { return nil }
        return dispatchToIdle(call)
    }

    /// Takes back a call that its worker has not begun. It is served next.
    mutating func retry(_ call: Call, isNested: Bool = false) -> [Action] {
        if isStopped { return [.refuse(call, .stopping)] }
        if let action = dispatchToIdle(call) { return [action] + growIfNeeded() }
        if isNested { waitingNested.prepend(call) } else { line.prepend((call, .uptimeNanoseconds(0))) }
        return growIfNeeded()
    }

    private mutating func dispatchToIdle(_ call: Call) -> Action? {
        guard let worker = idleSince.popLast()?.worker else { return nil }
        phases[worker] = .busy
        return .dispatch(call, to: worker)
    }

    /// Requests the first worker before there is a call.
    mutating func warmUp() -> [Action] {
        guard workerCount == 0, !isStopped else { return [] }
        starting += 1
        return [.startWorker]
    }

    /// Records that a process was started.
    mutating func workerStarted(_ worker: WorkerID) {
        starting -= 1
        phases[worker] = .created
    }

    /// Records that a process could not be started.
    mutating func workerFailedToStart() -> [Action] {
        starting -= 1
        return startAgain()
    }

    /// Records that a worker has loaded the plugin or finished its call.
    mutating func workerIsFree(_ worker: WorkerID, at now: NIODeadline) -> [Action] {
        guard let phase = phases[worker], phase != .dying else { return [] }
        if phase == .busy { endsInARow = 0 }
        // This holds until the code below decides what the worker does next.
        phases[worker] = .idle
        if let call = waitingNested.popFirst() {
            phases[worker] = .busy
            return [.dispatch(call, to: worker)]
        }
        if workerCount <= maximumWorkers, mayServeFirst(at: now), let call = line.popFirst()?.call {
            phases[worker] = .busy
            return [.dispatch(call, to: worker)] + growIfNeeded()
        }
        if isDraining || workerCount > maximumWorkers {
            phases[worker] = nil
            return [.endWorker(worker)]
        }
        phases[worker] = .idle
        idleSince.append((worker, now))
        return []
    }

    /// Ends workers that have been idle for a long time. One worker always stays.
    ///
    /// - Parameter limit: the time by which a worker must have become idle to be ended.
    mutating func retire(idleSince limit: NIODeadline) -> [Action] {
        var actions: [Action] = []
        while idleSince.count > 1, let (worker, since) = idleSince.first, since <= limit {
            idleSince.removeFirst()
            phases[worker] = nil
            actions.append(.endWorker(worker))
        }
        return actions
    }

    /// The time at which the next worker to retire became idle, or nil if none is due to retire.
    var longestIdle: NIODeadline? { idleSince.count > 1 ? idleSince.first?.since : nil }

    /// Records that a worker closed its pipes and takes no more calls.
    mutating func workerIsDying(_ worker: WorkerID) {
        // A worker that was not ready yet keeps its phase, because its end has a different meaning from later ones.
        guard let phase = phases[worker], phase != .created else { return }
        if phase == .idle { endsInARow += 1 }
        phases[worker] = .dying
        idleSince.removeAll { $0.worker == worker }
    }

    /// Records that a worker's process ended, for whatever reason. The caller must finish the call that it ran.
    mutating func workerEnded(_ worker: WorkerID) -> [Action] {
        guard let phase = phases.removeValue(forKey: worker) else { return [] }
        idleSince.removeAll { $0.worker == worker }
        if phase == .created { return startAgain() }
        if phase == .idle { endsInARow += 1 }
        return serve() + growIfNeeded(spare: endsInARow < Self.mostEndsInARow ? 1 : 0)
    }

    /// Replaces a worker that was never ready, or refuses the calls that need one.
    private mutating func startAgain() -> [Action] {
        endsInARow += 1
        guard endsInARow >= Self.mostEndsInARow else { return growIfNeeded(spare: 0) }
        if workerCount == 0 { return refuseAll(.workersDoNotStart) }
        // The remaining workers may be waiting for exactly these calls.
        guard comingCount == 0 else { return [] }
        defer { waitingNested = [] }
        return waitingNested.map { .refuse($0, .workersDoNotStart) }
    }

    /// Ends idle workers now and busy ones after their calls. Waiting calls are still served.
    mutating func drain() -> [Action] {
        isDraining = true
        let serving = serve()
        let ending = idle
        idleSince = []
        for worker in ending { phases[worker] = nil }
        return serving + ending.map(Action.endWorker)
    }

    /// Refuses waiting and new calls, and starts no more workers. The caller must end the existing ones.
    mutating func stop() -> [Action] {
        isStopped = true
        isDraining = true
        idleSince = []
        return refuseAll(.stopping)
    }

    /// Removes and returns a waiting call whose caller has gone, or returns nil if no such call waits.
    mutating func abandon(where matches: (Call) -> Bool) -> Call? {
        if let position = line.firstIndex(where: { matches($0.call) }) { return line.remove(at: position).call }
        return waitingNested.firstIndex(where: matches).map { waitingNested.remove(at: $0) }
    }

    /// Starts workers for waiting calls.
    ///
    /// - Parameter spare: the number of additional workers.
    private mutating func growIfNeeded(spare: Int = 1) -> [Action] {
        guard !isStopped, idleSince.isEmpty else { return [] }
        let coming = comingCount
        // A draining pool needs no spare worker.
        let wanted = waitingNested.count + line.count + (isDraining ? 0 : spare) - coming
        let added = max(0, min(wanted, maximumWorkers - workerCount))
        let forNested = max(
            0, min(waitingNested.count - coming - added, maximumWorkers + maximumNested - workerCount - added))
        starting += added + forNested
        return Array(repeating: .startWorker, count: added + forNested)
    }

    private mutating func refuseAll(_ refusal: Refusal) -> [Action] {
        defer { (line, waitingNested) = ([], []) }
        return (waitingNested + waiting).map { .refuse($0, refusal) }
    }
}
