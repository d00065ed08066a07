import NIOCore
import TestSupport
import Testing

@testable import WorkerPool

@Suite(.supervised)
struct WorkerPoolStateTests {
    typealias State = WorkerPoolState<String, Int>

    /// Returns the parts of the actions that the tests compare.
    private func text(_ actions: [State.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .startWorker: "start"
            case .dispatch(let call, let worker): "\(call)→\(worker)"
            case .endWorker(let worker): "end \(worker)"
            case .refuse(let call, let refusal): "refuse \(call): \(refusal)"
            }
        }
    }

    /// Returns a pool with the idle workers 1…count, of which the last became idle last.
    private func pool(idle count: Int, maximumWorkers: Int = 4, maximumWaiting: Int = 3) -> State {
        var state = State(maximumWorkers: maximumWorkers, maximumWaiting: maximumWaiting)
        var started = 0
        if count > 0 { _ = state.warmUp() }
        while started < count {
            started += 1
            state.workerStarted(started)
            _ = state.workerIsFree(started)
            if started < count { _ = state.call("warm") }
        }
        for worker in 1..<max(1, count) where state.phases[worker] == .busy { _ = state.workerIsFree(worker) }
        return state
    }

    /// Returns a pool whose worker 1 runs a call.
    private func busy(with call: String, maximumWorkers: Int, maximumNested: Int = 0) -> State {
        var state = State(maximumWorkers: maximumWorkers, maximumWaiting: 3, maximumNested: maximumNested)
        _ = state.call(call)
        state.workerStarted(1)
        _ = state.workerIsFree(1)
        return state
    }

    @Test func aCallTakesTheWorkerThatWasIdleForTheShortestTime() {
        var state = pool(idle: 1, maximumWorkers: 2)
        #expect(text(state.call("a")) == ["a→1", "start"])
        #expect(state.call("b").isEmpty)
        state.workerStarted(2)
        #expect(text(state.workerIsFree(2)) == ["b→2"])
        #expect(state.workerIsFree(1).isEmpty)
        #expect(state.workerIsFree(2).isEmpty)
        #expect(text(state.call("c")) == ["c→2"])
        #expect(text(state.call("d")) == ["d→1"])
    }

    @Test func callsWaitInOrderWhenAllWorkersAreBusy() {
        var state = State(maximumWorkers: 1, maximumWaiting: 10)
        #expect(text(state.call("a")) == ["start"])
        #expect(state.call("b").isEmpty)
        #expect(state.call("c").isEmpty)
        state.workerStarted(1)
        #expect(text(state.workerIsFree(1)) == ["a→1"])
        #expect(text(state.workerIsFree(1)) == ["b→1"])
        #expect(text(state.workerIsFree(1)) == ["c→1"])
        #expect(state.workerIsFree(1).isEmpty)
        #expect(state.idle == [1])
    }

    @Test func itStartsOneWorkerAWaitingCallUpToTheMaximum() {
        var state = State(maximumWorkers: 3, maximumWaiting: 10)
        #expect(text(state.call("a")) == ["start", "start"])
        #expect(text(state.call("b")) == ["start"])
        #expect(state.call("c").isEmpty)
        state.workerStarted(1)
        state.workerStarted(2)
        #expect(text(state.workerIsFree(1)) == ["a→1"])
    }

    @Test func aFullQueueRefusesTheCall() {
        var state = State(maximumWorkers: 1, maximumWaiting: 1)
        _ = state.call("a")
        #expect(text(state.call("b")) == ["refuse b: queueFull"])
    }

    @Test func aWorkerThatDiesIsReplacedWhileCallsWait() {
        var state = State(maximumWorkers: 1, maximumWaiting: 10)
        _ = state.call("a")
        state.workerStarted(1)
        _ = state.workerIsFree(1)
        _ = state.call("b")
        #expect(text(state.workerEnded(1)) == ["start"])
        state.workerStarted(2)
        #expect(text(state.workerIsFree(2)) == ["b→2"])
    }

    @Test func aWorkerThatDiesBeforeItIsReadyIsReplacedTwice() {
        var state = State(maximumWorkers: 1, maximumWaiting: 10)
        _ = state.call("a")
        state.workerStarted(1)
        #expect(text(state.workerEnded(1)) == ["start"])
        #expect(text(state.workerFailedToStart()) == ["start"])
        state.workerStarted(2)
        #expect(text(state.workerEnded(2)) == ["refuse a: workersDoNotStart"])
        #expect(state.waiting.isEmpty)
        #expect(text(state.call("b")) == ["start"], "it may be mended by now")
        #expect(text(state.workerFailedToStart()) == ["refuse b: workersDoNotStart"])
    }

    @Test func aCallDoesNotWaitForABusyWorkerBecauseAnotherDied() {
        var state = busy(with: "a", maximumWorkers: 2)
        #expect(state.call("b").isEmpty, "one is coming")
        state.workerStarted(2)
        #expect(text(state.workerEnded(2)) == ["start"])
        state.workerStarted(3)
        #expect(text(state.workerIsFree(3)) == ["b→3"])
    }

    @Test func aNestedCallIsRefusedWhenItsWorkersDie() {
        var state = busy(with: "a", maximumWorkers: 1, maximumNested: 1)
        #expect(text(state.call("in a", isNested: true)) == ["start"])
        #expect(text(state.workerFailedToStart()) == ["start"])
        state.workerStarted(2)
        #expect(text(state.workerEnded(2)) == ["start"])
        #expect(state.call("waits").isEmpty)
        #expect(text(state.workerFailedToStart()) == ["refuse in a: workersDoNotStart"])
        #expect(text(state.workerIsFree(1)) == ["waits→1"])
    }

    @Test func aNestedCallThatIsTriedAgainStaysOne() {
        var state = busy(with: "a", maximumWorkers: 1, maximumNested: 1)
        #expect(text(state.retry("in a", isNested: true)) == ["start"])
        state.workerStarted(2)
        #expect(text(state.workerIsFree(2)) == ["in a→2"])
    }

    @Test func nestedCallsThatAreTriedAgainStartNoMoreWorkersThanThereMayBe() {
        var state = State(maximumWorkers: 1, maximumWaiting: 10)
        #expect(text(state.retry("in a", isNested: true)) == ["start"])
        #expect(state.retry("in b", isNested: true).isEmpty)
        #expect(text(state.workerFailedToStart()) == ["start"])
    }

    @Test func anIdleWorkerThatDiesTakesNoCall() {
        var state = pool(idle: 1)
        #expect(text(state.workerEnded(1)) == ["start"])
        #expect(text(state.call("a")) == ["start"])
    }

    @Test func drainingEndsIdleWorkersNowAndBusyOnesAfterTheirCall() {
        var state = pool(idle: 1, maximumWorkers: 2)
        _ = state.call("a")
        _ = state.call("b")
        state.workerStarted(2)
        #expect(text(state.workerIsFree(2)) == ["b→2"])
        #expect(state.workerIsFree(1).isEmpty)
        #expect(text(state.drain()) == ["end 1"])
        #expect(text(state.workerIsFree(2)) == ["end 2"])
        #expect(state.phases.isEmpty)
    }

    @Test func drainingServesWhatWaits() {
        var state = State(maximumWorkers: 1, maximumWaiting: 10)
        _ = state.call("a")
        _ = state.call("b")
        state.workerStarted(1)
        #expect(state.drain().isEmpty)
        #expect(text(state.workerIsFree(1)) == ["a→1"])
        #expect(text(state.workerIsFree(1)) == ["b→1"])
        #expect(text(state.workerIsFree(1)) == ["end 1"])
    }

    @Test func aPoolThatDrainsKeepsNoWorkerToSpare() {
        var state = pool(idle: 1, maximumWorkers: 3)
        _ = state.call("a")
        state.workerStarted(2)
        _ = state.workerIsFree(2)
        #expect(text(state.drain()) == ["end 2"])
        #expect(state.workerEnded(1).isEmpty)
        #expect(text(state.call("b")) == ["start"], "one for the call")
    }

    @Test func aCallThatIsTriedAgainIsServedFirst() {
        var state = busy(with: "a", maximumWorkers: 1, maximumNested: 1)
        _ = state.call("b")
        _ = state.call("c")
        state.workerIsDying(1)
        #expect(state.retry("a").isEmpty)
        #expect(state.waiting == ["a", "b", "c"])
        #expect(text(state.workerEnded(1)) == ["start"])
        state.workerStarted(2)
        #expect(text(state.workerIsFree(2)) == ["a→2"])
        #expect(text(state.call("in a", isNested: true)) == ["start"])
        #expect(state.retry("in a again", isNested: true).isEmpty)
        state.workerStarted(3)
        #expect(text(state.workerIsFree(3)) == ["in a again→3"])
    }

    @Test func anAbandonedCallIsNotServed() {
        var state = State(maximumWorkers: 1, maximumWaiting: 10)
        _ = state.call("a")
        _ = state.call("b")
        #expect(state.abandon { $0 == "a" } == "a")
        #expect(state.abandon { $0 == "a" } == nil)
        state.workerStarted(1)
        #expect(text(state.workerIsFree(1)) == ["b→1"])
    }

    @Test func aWorkerThatIsDyingTakesNoCall() {
        var state = pool(idle: 1, maximumWorkers: 2)
        state.workerIsDying(1)
        #expect(text(state.call("a")) == ["start"])
        #expect(state.workerIsFree(1).isEmpty)
        state.workerStarted(2)
        #expect(text(state.workerIsFree(2)) == ["a→2"])
        #expect(text(state.workerEnded(1)) == ["start"], "one to spare")
    }

    @Test func aStoppedPoolRefusesCallsAndStartsNoWorkers() {
        var state = pool(idle: 1, maximumWorkers: 1)
        _ = state.call("a")
        _ = state.call("b")
        #expect(text(state.stop()) == ["refuse b: stopping"])
        #expect(text(state.call("c")) == ["refuse c: stopping"])
        #expect(text(state.retry("a")) == ["refuse a: stopping"])
        #expect(state.workerEnded(1).isEmpty)
    }

    @Test func oneWorkerIsToSpareAsSoonAsThereAreCalls() {
        var state = pool(idle: 1)
        #expect(text(state.call("a")) == ["a→1", "start"])
        state.workerStarted(2)
        #expect(state.workerIsFree(2).isEmpty)
        #expect(text(state.call("b")) == ["b→2", "start"])
        #expect(state.workerEnded(1).isEmpty, "one is coming already")
    }

    @Test func aWorkerThatDiesBetweenCallsIsNotReplacedForEver() {
        var state = pool(idle: 1)
        for worker in 1...2 {
            state.workerIsDying(worker)
            #expect(text(state.workerEnded(worker)) == ["start"])
            state.workerStarted(worker + 1)
            #expect(state.workerIsFree(worker + 1).isEmpty)
        }
        state.workerIsDying(3)
        #expect(state.workerEnded(3).isEmpty)
        #expect(text(state.call("a")) == ["start", "start"])
        state.workerStarted(4)
        #expect(text(state.workerIsFree(4)) == ["a→4"])
        state.workerStarted(5)
        _ = state.workerIsFree(5)
        // A call has ended, so the earlier ends are forgotten.
        _ = state.workerIsFree(4)
        state.workerIsDying(4)
        state.workerIsDying(5)
        #expect(text(state.workerEnded(4)) == ["start"])
    }

    @Test func workersRetireWhenTheyWereIdleForLongButOne() {
        var state = State(maximumWorkers: 3, maximumWaiting: 10)
        _ = state.call("a")
        _ = state.call("b")
        for worker in 1...3 { state.workerStarted(worker) }
        for worker in 1...3 { _ = state.workerIsFree(worker) }
        #expect(state.longestIdle == nil, "only one is idle")
        _ = state.workerIsFree(2, at: .uptimeNanoseconds(20))
        _ = state.workerIsFree(1, at: .uptimeNanoseconds(30))
        #expect(state.idle == [3, 2, 1])
        #expect(text(state.retire(idleSince: .uptimeNanoseconds(19))) == ["end 3"])
        #expect(state.longestIdle == .uptimeNanoseconds(20))
        #expect(text(state.retire(idleSince: .uptimeNanoseconds(100))) == ["end 2"])
        #expect(state.longestIdle == nil)
        #expect(state.idle == [1])
    }

    /// Returns a pool of three workers, one of which is to serve quick calls: worker 1, which runs "a" since time 0.
    private func narrow(maximumWaiting: Int = 10) -> State {
        var state = State(maximumWorkers: 3, maximumWaiting: maximumWaiting, maximumNested: 1, width: 1)
        for call in ["x", "y"] { _ = state.call(call) }
        for worker in 1...3 { state.workerStarted(worker) }
        for worker in 1...3 { _ = state.workerIsFree(worker, at: .uptimeNanoseconds(0)) }
        while state.phases[1] == .busy { _ = state.workerIsFree(1, at: .uptimeNanoseconds(0)) }
        let first = text(state.call("a", at: .uptimeNanoseconds(0)))
        precondition(first == ["a→1"] && state.idle == [2, 3], "\(first), \(state.idle)")
        return state
    }

    private static let patience = NIODeadline.uptimeNanoseconds(0) + State.patience

    @Test func aCallWaitsALittleForTheWorkersThatAreWarm() {
        var state = narrow()
        #expect(state.nextServing == nil)
        #expect(state.call("b", at: .uptimeNanoseconds(0)).isEmpty)
        #expect(state.nextServing == Self.patience)
        #expect(state.serve(at: .uptimeNanoseconds(1)).isEmpty)
        #expect(text(state.workerIsFree(1, at: .uptimeNanoseconds(2))) == ["b→1"])
        #expect(state.nextServing == nil && state.waiting.isEmpty)
    }

    @Test func anotherWorkerTakesACallThatHasWaited() {
        var state = narrow()
        _ = state.call("b", at: .uptimeNanoseconds(0))
        _ = state.call("c", at: .uptimeNanoseconds(0))
        #expect(text(state.serve(at: Self.patience)) == ["b→3", "c→2"])
        #expect(text(state.workerIsFree(2, at: Self.patience)).isEmpty)
    }

    @Test func theEndOfAWarmWorkerLetsAnotherTakeTheCall() {
        var state = narrow()
        _ = state.call("b", at: .uptimeNanoseconds(0))
        state.workerIsDying(1)
        #expect(text(state.workerEnded(1)) == ["b→3"])
    }

    @Test func neitherNestedCallsNorAPoolThatEndsWait() {
        var state = narrow()
        #expect(text(state.call("in a", isNested: true, at: .uptimeNanoseconds(0))) == ["in a→3"])
        _ = state.call("b", at: .uptimeNanoseconds(0))
        #expect(text(state.drain()) == ["b→2"])
    }

    @Test func noCallIsRefusedWhileAWorkerIsIdle() {
        var state = narrow(maximumWaiting: 1)
        _ = state.call("b", at: .uptimeNanoseconds(0))
        #expect(text(state.call("c", at: .uptimeNanoseconds(0))) == ["b→3"])
        #expect(text(state.call("d", at: .uptimeNanoseconds(0))) == ["c→2"])
        #expect(text(state.call("e", at: .uptimeNanoseconds(0))) == ["refuse e: queueFull"])
    }

    @Test func aNestedCallGoesBeyondTheMaximumAndComesFirst() {
        var state = State(maximumWorkers: 1, maximumWaiting: 10, maximumNested: 2)
        _ = state.call("a")
        state.workerStarted(1)
        _ = state.workerIsFree(1)
        #expect(state.call("waits").isEmpty)
        #expect(text(state.call("in a", isNested: true)) == ["start"])
        state.workerStarted(2)
        #expect(text(state.workerIsFree(2)) == ["in a→2"])
        #expect(text(state.call("in in a", isNested: true)) == ["start"])
        #expect(text(state.call("too deep", isNested: true)) == ["refuse too deep: nestedTooDeep"])
        state.workerStarted(3)
        #expect(text(state.workerIsFree(3)) == ["in in a→3"])
        #expect(text(state.call("too deep", isNested: true)) == ["refuse too deep: nestedTooDeep"])
        #expect(text(state.workerIsFree(3)) == ["end 3"], "it is beyond the maximum")
        #expect(text(state.workerIsFree(2)) == ["end 2"])
        #expect(text(state.workerIsFree(1)) == ["waits→1"])
    }
}

extension WorkerPoolState {
    fileprivate init(maximumWorkers: Int, maximumWaiting: Int) {
        self.init(maximumWorkers: maximumWorkers, maximumWaiting: maximumWaiting, maximumNested: 0)
    }

    fileprivate mutating func workerIsFree(_ worker: WorkerID) -> [Action] {
        workerIsFree(worker, at: .uptimeNanoseconds(10))
    }
}
