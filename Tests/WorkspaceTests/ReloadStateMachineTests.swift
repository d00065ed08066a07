import Testing

@testable import Workspace

struct ReloadStateMachineTests {
    @Test func aChangedSourceStartsABuild() {
        var machine = ReloadStateMachine()
        #expect(machine.changed(.sources, count: 3) == [.startBuild(packages: false)])
        #expect(machine.coveredChanges == 3)
        #expect(machine.buildEnded() == [])
    }

    @Test func aChangeDuringABuildEndsItAndStartsAnother() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 1)
        #expect(machine.changed(.sources, count: 2) == [.cancelBuild])
        #expect(machine.changed(.sources, count: 3) == [])
        #expect(machine.buildEnded() == [.startBuild(packages: false)])
        #expect(machine.coveredChanges == 3)
        #expect(machine.buildEnded() == [])
    }

    @Test func theConfigurationNeedsNoBuild() {
        var machine = ReloadStateMachine()
        #expect(machine.changed(.configuration, count: 5) == [.loadConfiguration, .covered(5)])
    }

    @Test func aConfigurationSavedDuringABuildIsCoveredByItsEnd() {
        var machine = ReloadStateMachine()
        _ = machine.changed(.sources, count: 1)
        #expect(machine.changed(.configuration, count: 2) == [.loadConfiguration])
        #expect(machine.coveredChanges == 2)
    }

    @Test func aChangedManifestBuildsThePackagesUntilThatSucceeded() {
        var machine = ReloadStateMachine()
        #expect(machine.changed(.packages, count: 1) == [.startBuild(packages: true)])
        #expect(machine.changed(.sources, count: 2) == [.cancelBuild])
        #expect(machine.buildEnded() == [.startBuild(packages: true)])
        #expect(machine.buildEnded() == [])
        #expect(machine.changed(.sources, count: 3) == [.startBuild(packages: false)])
    }

    @Test func anIrrelevantChangeIsCoveredAtOnce() {
        var machine = ReloadStateMachine()
        #expect(machine.changed([], count: 4) == [.covered(4)])
    }
}
