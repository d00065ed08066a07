import TestSupport
import Testing

@testable import WorkerPool

@Suite(.supervised)
struct WorkerStateTests {
    private typealias State = WorkerState<String, Int>

    private func running(_ call: String = "a") -> State {
        var state = State()
        state.begin(call)
        return state
    }

    private func text(_ fate: State.Fate) -> String {
        switch fate {
        case .none: "none"
        case .finished(let call, let outcome): "\(call) finished \(outcome)"
        case .failed(let call): "\(call) failed"
        case .notBegun(let call): "\(call) not begun"
        }
    }

    @Test func aCallEndsOnceItsOutputIsRead() throws {
        var state = running()
        #expect(state.call == "a")
        let early = state.outputIsRead()
        #expect(early == nil)
        var counts = state.finish(1)
        #expect(counts && state.call == "a")
        counts = state.finish(2)
        #expect(!counts, "a call has one outcome")
        let end = state.outputIsRead()
        #expect(try #require(end) == ("a", 1))
        #expect(state.call == nil)
        state.begin("b")
        #expect(state.call == "b")
    }

    @Test func aCallThatWasTakenAwayHasNoOutcomeFromHere() {
        var state = running()
        let taken = state.takeCall()
        #expect(taken == "a")
        var counts = state.finish(1)
        #expect(!counts)
        state = running()
        _ = state.finish(1)
        _ = state.takeCall()
        let end = state.outputIsRead()
        #expect(end == nil)
        counts = state.finish(2)
        #expect(!counts)
    }

    @Test func nothingCountsThatAGarbledProcessWrites() {
        var state = running()
        #expect(state.isRunning && state.isKillable && !state.isGarbled)
        var isFirst = state.garble()
        #expect(isFirst && state.isGarbled && state.isKillable && !state.isRunning)
        isFirst = state.garble()
        #expect(!isFirst)
        let counts = state.finish(1)
        #expect(!counts)
        isFirst = state.close()
        #expect(isFirst && !state.isKillable)
        let fate = state.end(hasBegun: true)
        #expect(text(fate) == "a failed")
    }

    @Test(arguments: [(true, "a failed"), (false, "a not begun")])
    func theEndOfTheProcessIsTheCallsFate(hasBegun: Bool, expected: String) {
        var state = running()
        var isFirst = state.close()
        #expect(isFirst)
        isFirst = state.close()
        #expect(!isFirst, "it is reaped once")
        let fate = state.end(hasBegun: hasBegun)
        #expect(text(fate) == expected)
        #expect(state.call == nil)
    }

    @Test(arguments: [true, false])
    func aCallThatHadDoneItsWorkKeepsItsOutcome(hasBegun: Bool) {
        var state = running()
        _ = state.finish(1)
        _ = state.close()
        let end = state.outputIsRead()
        #expect(end == nil, "its process is being reaped")
        let fate = state.end(hasBegun: hasBegun)
        #expect(text(fate) == "a finished 1")
        var idle = State()
        _ = idle.close()
        let none = idle.end(hasBegun: hasBegun)
        #expect(text(none) == "none")
    }

    @Test func aProcessLoadsItsPluginOnce() {
        var state = State()
        #expect(!state.isLoaded)
        var counts = state.load()
        #expect(counts && state.isLoaded)
        counts = state.load()
        #expect(!counts)
    }

    @Test func aCallHasBegunOnceTheProcessWritesAboutIt() {
        var state = State()
        #expect(!state.hasRun)
        state.begin("a")
        #expect(state.hasRun && !state.hasBegunCall)
        state.receive()
        #expect(state.hasBegunCall)
        _ = state.takeCall()
        state.begin("b")
        #expect(!state.hasBegunCall)
    }

    @Test func aPipeIsNotReadWhileItsReadersAreBehind() {
        var reading = PipeReading()
        var reads = reading.next(isFull: false)
        #expect(reads == nil)
        reads = reading.next(isFull: true)
        #expect(reads == false)
        reading.isParsing = true
        reads = reading.next(isFull: false)
        #expect(reads == nil, "a message is being parsed")
        reading.isParsing = false
        reads = reading.next(isFull: false)
        #expect(reads == true)
    }
}
