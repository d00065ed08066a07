import Testing

@testable import Ingress

struct WorkerPoolStateTests {
    typealias State = WorkerPoolState<String, Int>

    /// What the tests look at of an action.
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

    /// A pool with idle workers 1…count, of which the last became idle last.
    private func pool(idle count: Int, maximumWorkers: Int = 4, maximumWaiting: Int = 3) -> State {
        var state = State(maximumWorkers: maximumWorkers, maximumWaiting: maximumWaiting)
        for worker in 0..<count {
            if worker == 0 { _ = state.warmUp() } else { _ = state.call("warm") }
        }
        for worker in 0..<count {
            state.workerStarted(worker + 1)
            _ = state.workerIsFree(worker + 1)
        }
        for worker in 0..<count where state.phases[worker + 1] == .busy { _ = state.workerIsFree(worker + 1) }
        return state
    }

    @Test func aCallTakesTheWorkerThatWasIdleForTheShortestTime() {
        var state = pool(idle: 1)
        _ = state.call("a")
        #expect(text(state.call("b")) == ["start"])
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
        var state = State(maximumWorkers: 2, maximumWaiting: 10)
        #expect(text(state.call("a")) == ["start"])
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

    @Test func aWorkerThatDiesBeforeItIsReadyIsNotReplacedForEver() {
        var state = State(maximumWorkers: 2, maximumWaiting: 10)
        _ = state.call("a")
        state.workerStarted(1)
        #expect(text(state.workerEnded(1)) == ["refuse a: workersDoNotStart"])
        #expect(state.waiting.isEmpty)
    }

    @Test func aProcessThatCannotBeStartedRefusesWhatWaits() {
        var state = State(maximumWorkers: 2, maximumWaiting: 10)
        _ = state.call("a")
        #expect(text(state.workerFailedToStart()) == ["refuse a: workersDoNotStart"])
    }

    @Test func anIdleWorkerThatDiesTakesNoCall() {
        var state = pool(idle: 1)
        #expect(state.workerEnded(1).isEmpty)
        #expect(text(state.call("a")) == ["start"])
    }

    @Test func drainingEndsIdleWorkersNowAndBusyOnesAfterTheirCall() {
        var state = pool(idle: 1)
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
        var state = pool(idle: 1)
        state.workerIsDying(1)
        #expect(text(state.call("a")) == ["start"])
        #expect(state.workerIsFree(1).isEmpty)
        state.workerStarted(2)
        #expect(text(state.workerIsFree(2)) == ["a→2"])
        #expect(state.workerEnded(1).isEmpty)
    }

    @Test func aStoppedPoolRefusesCallsAndStartsNoWorkers() {
        var state = pool(idle: 1, maximumWorkers: 1)
        _ = state.call("a")
        _ = state.call("b")
        #expect(text(state.stop()) == ["refuse b: stopping"])
        #expect(text(state.call("c")) == ["refuse c: stopping"])
        #expect(state.workerEnded(1).isEmpty)
    }
}
