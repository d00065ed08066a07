import TestSupport
import Testing

@testable import Workspace

@Suite(.supervised)
struct ReloadStateMachineTests {
    @Test func aChangedSourceStartsABuild() {
        var machine = ReloadStateMachine()
        #expect(machine.changed(.sources, count: 3) == [.startBuild])
        #expect(machine.covering == 3)
        #expect(machine.buildEnded() == [.covered(3)])
    }

    @Test func aChangeDuringABuildEndsItAndStartsAnother() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 1)
        #expect(machine.changed(.sources, count: 2) == [.cancelBuild])
        #expect(machine.changed(.sources, count: 3) == [])
        #expect(machine.buildEnded() == [.startBuild])
        #expect(machine.covering == 3)
        #expect(machine.buildEnded() == [.covered(3)])
    }

    @Test func theConfigurationNeedsNoBuild() {
        var machine = ReloadStateMachine()
        #expect(machine.changed(.configuration, count: 5) == [.loadConfiguration])
        #expect(machine.configured() == [.covered(5)])
    }

    @Test func aConfigurationSavedDuringABuildIsCoveredByItsEnd() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 1)
        #expect(machine.changed(.configuration, count: 2) == [.loadConfiguration])
        #expect(machine.covering == 1)
        #expect(machine.configured() == [])
        #expect(machine.covering == 2)
        #expect(machine.buildEnded() == [.covered(2)])
    }

    @Test func aBuildThatIsBeingEndedDoesNotCoverWhatItDidNotSee() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 1)
        _ = machine.changed(.sources, count: 2)
        #expect(machine.covering == 1)
        _ = machine.changed(.configuration, count: 3)
        #expect(machine.covering == 1)
        #expect(machine.buildEnded() == [.startBuild])
        #expect(machine.covering == 2)
        #expect(machine.configured() == [])
        #expect(machine.covering == 3)
    }

    @Test func anIrrelevantChangeIsCoveredAtOnce() {
        var machine = ReloadStateMachine()
        #expect(machine.changed([], count: 4) == [.covered(4)])
    }

    @Test func aConfigurationThatIsNotReadYetIsNotCovered() {
        var machine = ReloadStateMachine()
        #expect(machine.changed(.configuration, count: 4) == [.loadConfiguration])
        #expect(machine.changed(.sources, count: 5) == [.startBuild])
        #expect(machine.covering == 0)
        #expect(machine.buildEnded() == [.covered(0)])
        #expect(machine.changed(.configuration, count: 6) == [.loadConfiguration])
        #expect(machine.configured() == [])
        #expect(machine.configured() == [.covered(6)])
    }

    @Test func theFirstConfigurationThatIsNotReadBoundsWhatIsCovered() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 3)
        #expect(machine.buildEnded() == [.covered(3)])
        #expect(machine.changed(.configuration, count: 4) == [.loadConfiguration])
        #expect(machine.changed(.sources, count: 5) == [.startBuild])
        #expect(machine.changed(.configuration, count: 6) == [.loadConfiguration])
        #expect(machine.covering == 3)
        #expect(machine.buildEnded() == [.covered(3)])
        #expect(machine.configured() == [])
        #expect(machine.covering == 3)
        #expect(machine.configured() == [.covered(6)])
    }

    @Test func aConfigurationCountsFromTheBeginningOfItsBatch() {
        var machine = ReloadStateMachine()
        _ = machine.changed([], count: 2)
        // It is not known which of the changes 3 to 9 was the one of the configuration.
        _ = machine.changed([.configuration, .sources], count: 9)
        #expect(machine.covering == 2)
        #expect(machine.configured() == [])
        #expect(machine.covering == 9)
    }

    @Test func onlyTheLastReadingOfSeveralCovers() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.configuration, count: 1)
        _ = machine.changed(.configuration, count: 2)
        #expect(machine.changed([], count: 3) == [], "a reading is not over")
        #expect(machine.configured() == [])
        #expect(machine.configured() == [.covered(3)])
    }

    @Test func whatNeedsNoBuildIsCoveredByTheBuildThatRuns() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 1)
        #expect(machine.changed([], count: 2) == [])
        #expect(machine.covering == 2)
        #expect(machine.buildEnded() == [.covered(2)])
        #expect(machine.changed(.sources, count: 3) == [.startBuild], "the machine is idle again")
    }

    @Test func aBuildIsEndedBeforeAnythingThatTakesTime() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 1)
        #expect(machine.changed([.sources, .configuration], count: 3) == [.cancelBuild, .loadConfiguration])
    }

    @Test func nothingIsBegunOnceItIsStopped() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 1)
        _ = machine.changed(.sources, count: 2)
        machine.stop()
        #expect(machine.buildEnded() == [])
        #expect(machine.changed(.sources, count: 3) == [])
    }
}
