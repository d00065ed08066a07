import DequeModule

/// Which worker takes which call: decides in values, with no process, channel or clock in it.
///
/// A call takes the worker that was idle for the shortest time. When none is idle it waits, first come first served, and a new
/// worker starts while there are fewer than the limit. `Call` and `WorkerID` are whatever identifies them outside.
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
        case workersDoNotStart
        case stopping
    }

    private(set) var phases: [WorkerID: Phase] = [:]
    /// Idle workers, the one used last at the end.
    private(set) var idle: [WorkerID] = []
    /// Calls that wait for a worker, the first to come first.
    private(set) var waiting: Deque<Call> = []
    /// Workers asked for that have no identity yet.
    private(set) var starting = 0
    private(set) var isDraining = false
    private(set) var isStopped = false
    let maximumWorkers: Int
    let maximumWaiting: Int

    init(maximumWorkers: Int, maximumWaiting: Int) {
        self.maximumWorkers = maximumWorkers
        self.maximumWaiting = maximumWaiting
    }

    private var workerCount: Int { phases.count + starting }
    private var comingCount: Int { starting + phases.values.count { $0 == .created } }

    /// Takes a call in.
    mutating func call(_ call: Call) -> [Action] {
        if isStopped { return [.refuse(call, .stopping)] }
        if let worker = idle.popLast() {
            phases[worker] = .busy
            return [.dispatch(call, to: worker)]
        }
        guard waiting.count < maximumWaiting else { return [.refuse(call, .queueFull)] }
        waiting.append(call)
        return growIfNeeded()
    }

    /// Takes a call in again that its worker has not begun; it is the next to be served.
    mutating func retry(_ call: Call) -> [Action] {
        if isStopped { return [.refuse(call, .stopping)] }
        if let worker = idle.popLast() {
            phases[worker] = .busy
            return [.dispatch(call, to: worker)]
        }
        waiting.prepend(call)
        return growIfNeeded()
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
        return workerCount == 0 ? refuseAll(.workersDoNotStart) : []
    }

    /// A worker has loaded the plugin, or finished its call.
    mutating func workerIsFree(_ worker: WorkerID) -> [Action] {
        guard let phase = phases[worker], phase != .dying else { return [] }
        if let call = waiting.popFirst() {
            phases[worker] = .busy
            return [.dispatch(call, to: worker)]
        }
        if isDraining {
            phases[worker] = nil
            return [.endWorker(worker)]
        }
        phases[worker] = .idle
        idle.append(worker)
        return []
    }

    /// A worker closed its pipes: it takes no more calls.
    mutating func workerIsDying(_ worker: WorkerID) {
        // One that was not ready yet stays what it was: whether it ever was ready decides what its end means.
        guard let phase = phases[worker], phase != .created else { return }
        phases[worker] = .dying
        idle.removeAll { $0 == worker }
    }

    /// A worker's process ended, for whatever reason. The outcome of a call it ran is the caller's to answer.
    mutating func workerEnded(_ worker: WorkerID) -> [Action] {
        guard let phase = phases.removeValue(forKey: worker) else { return [] }
        idle.removeAll { $0 == worker }
        // A worker that dies before it is ready would die again: no endless restarts.
        if phase == .created { return workerCount == 0 ? refuseAll(.workersDoNotStart) : [] }
        return growIfNeeded()
    }

    /// Lets no worker stay: idle ones end now, busy ones after their call, waiting calls are still served.
    mutating func drain() -> [Action] {
        isDraining = true
        let ending = idle
        idle = []
        for worker in ending { phases[worker] = nil }
        return ending.map(Action.endWorker)
    }

    /// Takes no more calls and starts no more workers; whoever stops the pool ends its workers.
    mutating func stop() -> [Action] {
        isStopped = true
        isDraining = true
        idle = []
        return refuseAll(.stopping)
    }

    /// Takes a waiting call out again, because its caller has gone.
    mutating func abandon(where matches: (Call) -> Bool) -> Call? {
        guard let position = waiting.firstIndex(where: matches) else { return nil }
        return waiting.remove(at: position)
    }

    private mutating func growIfNeeded() -> [Action] {
        guard !isStopped else { return [] }
        let wanted = min(waiting.count - comingCount, maximumWorkers - workerCount)
        guard wanted > 0 else { return [] }
        starting += wanted
        return Array(repeating: .startWorker, count: wanted)
    }

    private mutating func refuseAll(_ refusal: Refusal) -> [Action] {
        defer { waiting = [] }
        return waiting.map { .refuse($0, refusal) }
    }
}
