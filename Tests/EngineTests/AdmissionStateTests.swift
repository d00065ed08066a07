import Failures
import TestSupport
import Testing

@testable import Engine

@Suite(.supervised)
struct AdmissionStateTests {
    private let broken = BrokenBuild(Failure(.buildFailed, "No"), files: [])

    /// The state after a first build that covers that many changes.
    private func ready(covering changes: UInt64 = 1, maximumWaiting: Int = 10) -> AdmissionState<String> {
        var state = AdmissionState<String>(maximumWaiting: maximumWaiting)
        state.buildIsReady()
        _ = state.covered(changes)
        return state
    }

    @Test func aCallRunsOnceAllChangesAreCovered() {
        var state = AdmissionState<String>(maximumWaiting: 10)
        #expect(state.admit("a", changes: 0, waitingElsewhere: 0) == .wait)
        state.buildIsReady()
        #expect(state.covered(3) == ["a"])
        #expect(state.admit("a", changes: 3, waitingElsewhere: 0) == .run)
        #expect(state.admit("b", changes: 4, waitingElsewhere: 0) == .wait)
        #expect(state.waiting == ["b"])
        #expect(state.covered(2) == ["b"], "they are looked at again")
        #expect(state.admit("b", changes: 4, waitingElsewhere: 0) == .wait, "an older count covers nothing new")
        #expect(state.covered(4) == ["b"])
        #expect(state.admit("b", changes: 4, waitingElsewhere: 0) == .run)
    }

    @Test func aCallWaitsWhileABuildRunsThoughItsChangesAreCovered() {
        var state = ready()
        state.buildBegan()
        #expect(state.admit("a", changes: 1, waitingElsewhere: 0) == .wait)
        #expect(!state.isCovered(1))
        state.buildFailed(broken)
        #expect(state.covered(1) == ["a"])
        #expect(state.admit("a", changes: 1, waitingElsewhere: 0) == .run, "it is told of the failure")
        #expect(state.isCovered(1) && !state.isCovered(2))
    }

    @Test func callsThatWaitCountWhereverTheyWait() {
        var state = ready(maximumWaiting: 3)
        state.buildBegan()
        #expect(state.admit("a", changes: 1, waitingElsewhere: 1) == .wait)
        #expect(state.admit("b", changes: 1, waitingElsewhere: 1) == .wait)
        #expect(state.admit("c", changes: 1, waitingElsewhere: 1) == .refuse(.queueFull))
        #expect(state.admit("c", changes: 1, waitingElsewhere: 0) == .wait)
        #expect(state.waiting == ["a", "b", "c"])
    }

    @Test func aWaitingCallIsTakenOutOnce() {
        var state = ready()
        state.buildBegan()
        for call in ["a", "b", "c"] { _ = state.admit(call, changes: 1, waitingElsewhere: 0) }
        #expect(state.abandon(where: { $0 == "b" }) == "b")
        #expect(state.abandon(where: { $0 == "b" }) == nil)
        #expect(state.covered(1) == ["a", "c"])
        #expect(state.waiting.isEmpty)
    }

    @Test func nothingIsAdmittedOnceItStops() {
        var state = ready()
        state.buildBegan()
        _ = state.admit("a", changes: 1, waitingElsewhere: 0)
        #expect(state.stop() == ["a"])
        #expect(state.isStopping)
        state.buildIsReady()
        #expect(state.admit("b", changes: 0, waitingElsewhere: 0) == .refuse(.stopping))
    }
}
