import DequeModule
import NIOCore

/// Which worker takes which call: decides in values, with no process, channel or clock in it.
///
/// A call takes the worker that was idle for the shortest time. When none is idle it waits, first come first served, and a new
/// worker starts while there are fewer than the limit. Beyond the calls there is one worker to spare. Quick calls are served sooner by
/// few workers, which keep the processors' caches warm, than by many: while ``width`` of them are busy, a call waits ``patience`` for one
/// of them before another takes it. A nested call, which a function
/// makes while it runs, must not wait for a worker that waits for it: it comes first, and may have workers beyond the limit. `Call` and
/// `WorkerID` are whatever identifies them outside.
struct WorkerPoolState<Call, WorkerID: Hashable> {
    /// What a worker is at.
    enum Phase: Equatable {
        /// Its process starts and loads the plugin.
        case created
        case idle
        case busy
        /// Its process ends, or has ended and is not reaped yet.
        case dying
    }

    /// What the caller must do, in this order.
    enum Action {
        /// Start a process; then say ``WorkerPoolState/workerStarted(_:)`` or ``WorkerPoolState/workerFailedToStart()``.
        case startWorker
        /// Hand a call to a worker.
        case dispatch(Call, to: WorkerID)
        /// Close an idle or starting worker's pipes; it ends by itself.
        case endWorker(WorkerID)
        /// Answer a call that no worker can take.
        case refuse(Call, Refusal)
    }

    /// Why no worker takes a call.
    enum Refusal: Equatable {
        case queueFull
        /// No worker may be started for a nested call, and none is free.
        case nestedTooDeep
        case workersDoNotStart
        case stopping
    }

    private(set) var phases: [WorkerID: Phase] = [:]
    /// Idle workers and since when, the one used last at the end.
    private var idleSince: [(worker: WorkerID, since: NIODeadline)] = []
    /// Calls that wait for a worker and since when, the first to come first.
    private var line: Deque<(call: Call, since: NIODeadline)> = []
    /// Nested calls that wait for a worker, the first to come first.
    private(set) var waitingNested: Deque<Call> = []
    /// How many workers ended before they were ready, or while they were idle, since a call came to its end.
    private var endsInARow = 0
    /// After as many, workers start for calls that come, and not by themselves: what they run would end them again.
    static var mostEndsInARow: Int { 3 }
    /// Workers asked for that have no identity yet.
    private(set) var starting = 0
    private(set) var isDraining = false
    private(set) var isStopped = false
    let maximumWorkers: Int
    let maximumWaiting: Int
    /// How many workers there may be beyond ``maximumWorkers`` for nested calls.
    let maximumNested: Int
    /// How many workers are busy before a call waits a little for one of them.
    let width: Int
    /// How long it waits then.
    static var patience: TimeAmount { .milliseconds(5) }

    init(maximumWorkers: Int, maximumWaiting: Int, maximumNested: Int, width: Int = .max) {
        self.width = width
        self.maximumWorkers = maximumWorkers
        self.maximumWaiting = maximumWaiting
        self.maximumNested = maximumNested
    }

    /// Idle workers, the one used last at the end.
    var idle: [WorkerID] { idleSince.map(\.worker) }
    /// Calls that wait for a worker, the first to come first.
    var waiting: [Call] { line.map(\.call) }
    var waitingCount: Int { line.count + waitingNested.count }
    private var workerCount: Int { phases.count + starting }
    private var busyCount: Int { phases.values.count { $0 == .busy } }
    private var comingCount: Int { starting + phases.values.count { $0 == .created } }

    /// Takes a call in.
    ///
    /// - Parameter isNested: whether a function makes it that runs in this pool.
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

    /// When ``serve(at:)`` has something to do; nil when no idle worker is kept from a call.
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

    /// Takes a call in again that its worker has not begun; it is the next to be served.
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

    /// Asks for a worker ahead of any call.
    mutating func warmUp() -> [Action] {
        guard workerCount == 0, !isStopped else { return [] }
        starting += 1
        return [.startWorker]
    }

    /// A process was started.
    mutating func workerStarted(_ worker: WorkerID) {
        starting -= 1
        phases[worker] = .created
    }

    /// A process could not be started.
    mutating func workerFailedToStart() -> [Action] {
        starting -= 1
        return startAgain()
    }

    /// A worker has loaded the plugin, or finished its call.
    mutating func workerIsFree(_ worker: WorkerID, at now: NIODeadline) -> [Action] {
        guard let phase = phases[worker], phase != .dying else { return [] }
        if phase == .busy { endsInARow = 0 }
        // Until it is decided what it does next.
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

    /// Lets workers end that have been idle for long; one always stays.
    ///
    /// - Parameter limit: those end that are idle since then or longer.
    mutating func retire(idleSince limit: NIODeadline) -> [Action] {
        var actions: [Action] = []
        while idleSince.count > 1, let (worker, since) = idleSince.first, since <= limit {
            idleSince.removeFirst()
            phases[worker] = nil
            actions.append(.endWorker(worker))
        }
        return actions
    }

    /// Since when the worker is idle that is to retire next; nil when none is.
    var longestIdle: NIODeadline? { idleSince.count > 1 ? idleSince.first?.since : nil }

    /// A worker closed its pipes: it takes no more calls.
    mutating func workerIsDying(_ worker: WorkerID) {
        // One that was not ready yet stays what it was: whether it ever was ready decides what its end means.
        guard let phase = phases[worker], phase != .created else { return }
        if phase == .idle { endsInARow += 1 }
        phases[worker] = .dying
        idleSince.removeAll { $0.worker == worker }
    }

    /// A worker's process ended, for whatever reason. The outcome of a call it ran is the caller's to answer.
    mutating func workerEnded(_ worker: WorkerID) -> [Action] {
        guard let phase = phases.removeValue(forKey: worker) else { return [] }
        idleSince.removeAll { $0.worker == worker }
        if phase == .created { return startAgain() }
        if phase == .idle { endsInARow += 1 }
        return serve() + growIfNeeded(spare: endsInARow < Self.mostEndsInARow ? 1 : 0)
    }

    /// Starts workers in place of one that was never ready, or gives up what needs them.
    private mutating func startAgain() -> [Action] {
        endsInARow += 1
        guard endsInARow >= Self.mostEndsInARow else { return growIfNeeded(spare: 0) }
        if workerCount == 0 { return refuseAll(.workersDoNotStart) }
        // The workers that are left may be waiting for just these calls.
        guard comingCount == 0 else { return [] }
        defer { waitingNested = [] }
        return waitingNested.map { .refuse($0, .workersDoNotStart) }
    }

    /// Lets no worker stay: idle ones end now, busy ones after their call, waiting calls are still served.
    mutating func drain() -> [Action] {
        isDraining = true
        let serving = serve()
        let ending = idle
        idleSince = []
        for worker in ending { phases[worker] = nil }
        return serving + ending.map(Action.endWorker)
    }

    /// Takes no more calls and starts no more workers; whoever stops the pool ends its workers.
    mutating func stop() -> [Action] {
        isStopped = true
        isDraining = true
        idleSince = []
        return refuseAll(.stopping)
    }

    /// Takes a waiting call out again, because its caller has gone.
    mutating func abandon(where matches: (Call) -> Bool) -> Call? {
        if let position = line.firstIndex(where: { matches($0.call) }) { return line.remove(at: position).call }
        return waitingNested.firstIndex(where: matches).map { waitingNested.remove(at: $0) }
    }

    /// Starts workers for what waits.
    ///
    /// - Parameter spare: how many beyond that.
    private mutating func growIfNeeded(spare: Int = 1) -> [Action] {
        guard !isStopped, idleSince.isEmpty else { return [] }
        let coming = comingCount
        // A pool that is to end needs none to spare.
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
