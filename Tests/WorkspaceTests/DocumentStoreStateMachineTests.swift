import Failures
import TestSupport
import Testing
import WorkerProtocol

@testable import StoreServer

@Suite(.supervised)
struct DocumentStoreStateMachineTests {
    private typealias Machine = DocumentStoreStateMachine

    private func attempts(_ actions: [Machine.Action]) -> [Machine.Attempt] {
        actions.compactMap { if case .start(let attempt) = $0 { attempt } else { nil } }
    }

    private func warnings(_ actions: [Machine.Action]) -> [String] {
        actions.compactMap { if case .warn(let line) = $0 { line } else { nil } }
    }

    private func failure(_ actions: [Machine.Action]) -> Failure? {
        for case .report(.unavailable(let failure)) in actions { return failure }
        return nil
    }

    @Test func theWaysAreTriedInTheirOrder() {
        var machine = Machine(choice: .auto, port: 27017)
        let first = machine.begin()
        #expect(first == [.report(.starting), .start(.init(way: .container, port: 27017))])
        let second = machine.failed(.noEngineCommand)
        #expect(second == [.start(.init(way: .mongodOnPath, port: 27017))])
        let third = machine.failed(.noMongodOnPath)
        #expect(third == [.start(.init(way: .installedMongod, port: 27017))])
    }

    @Test func whatIsNotOrdinaryIsSaidAtOnce() {
        var machine = Machine(choice: .auto, port: 27017)
        _ = machine.begin()
        let actions = machine.failed(.imageMissing("mongo:1", command: "docker", "no route to host"))
        #expect(warnings(actions).count == 1)
        #expect(warnings(actions).first?.contains("docker pull mongo:1") == true)
        #expect(attempts(actions).map(\.way) == [.mongodOnPath])
    }

    @Test func inTheEndAllProblemsAreToldTogether() {
        var machine = Machine(choice: .auto, port: 27017)
        _ = machine.begin()
        _ = machine.failed(.noEngineCommand)
        _ = machine.failed(.noMongodOnPath)
        let actions = machine.failed(.notInstalled("pip is missing"))
        #expect(warnings(actions).count == 1)
        let failure = failure(actions)
        #expect(failure?.code == .documentStoreUnavailable)
        for word in ["container: ", "mongod on PATH: ", "installed mongod: ", "pip is missing"] {
            #expect(failure?.message.contains(word) == true, "\(word)")
        }
        #expect(failure?.remedy?.contains("DOCUMENT_STORE=mongodb://") == true)
    }

    @Test func aTakenPortMovesAndSaysSo() {
        var machine = Machine(choice: .mongod, port: 27017)
        _ = machine.begin()
        let actions = machine.portTaken(by: "mongod (process 7)", free: 40001)
        #expect(attempts(actions) == [.init(way: .mongodOnPath, port: 40001)])
        guard case .say(let line) = actions.first else { return #expect(Bool(false), "\(actions)") }
        #expect(line == "Port 27017 is taken by mongod (process 7); the document store moves to 40001")
    }

    @Test func onlyWhatKeepsTheDocumentsIsTried() {
        var machine = Machine(choice: .auto, port: 27017, keepsData: true, keptKind: "mongod")
        #expect(attempts(machine.begin()).map(\.way) == [.mongodOnPath])
        #expect(attempts(machine.failed(.noMongodOnPath)).map(\.way) == [.installedMongod])
        let actions = machine.failed(.notInstalled("no pip"))
        #expect(attempts(actions).isEmpty)
        #expect(failure(actions)?.remedy?.contains("DOCUMENT_STORE=container starts without them") == true)
    }

    @Test func anotherWayThatWasAskedForSaysWhatIsMissing() {
        var machine = Machine(choice: .mongod, port: 27017, keepsData: true, keptKind: "container")
        #expect(attempts(machine.begin()).map(\.way) == [.mongodOnPath])
        let actions = machine.ready(uri: "mongodb://127.0.0.1:27017/", version: "6.0.6")
        #expect(warnings(actions).first?.contains("kept by a container, this is a mongod") == true)
    }

    @Test func whatKeptTheDocumentsFirstIsStartedAgain() {
        var machine = Machine(choice: .auto, port: 27017, keepsData: true)
        _ = machine.begin()
        _ = machine.ready(uri: "mongodb://127.0.0.1:27017/", version: "6.0.6")
        #expect(attempts(machine.ended("ended", at: .now)).map(\.way) == [.container])
        #expect(attempts(machine.failed(.engineDown("docker", "gone"))).isEmpty)
    }

    @Test func aServerWhoseDocumentsAreKeptLosesNone() {
        var machine = Machine(choice: .mongod, port: 27017, keepsData: true)
        _ = machine.begin()
        let ready = machine.ready(uri: "mongodb://127.0.0.1:27017/", version: "6.0.5")
        #expect(warnings(ready).isEmpty)
        #expect(
            ready.contains(
                .say("Document store: MongoDB 6.0.5 at mongodb://127.0.0.1:27017/ (mongod, documents are kept)")))
        #expect(
            warnings(machine.ended("was killed by signal 9", at: .now)).first?.contains("with its documents") == true)
    }

    @Test func aPortIsNotLookedForForEver() {
        var machine = Machine(choice: .container, port: 27017)
        var actions = machine.begin()
        var moves = 0
        while let attempt = attempts(actions).first {
            actions = machine.portTaken(by: nil, free: attempt.port + 1)
            moves += 1
            if moves > 100 { break }
        }
        #expect(moves == 6)
        #expect(failure(actions)?.message.contains("taken again and again") == true)
    }

    @Test func aServerThatEndsIsStartedAgainWithWhatWorked() {
        var machine = Machine(choice: .auto, port: 27017)
        _ = machine.begin()
        _ = machine.failed(.noEngineCommand)
        _ = machine.ready(uri: "mongodb://127.0.0.1:27017/", version: "6.0.5")
        let actions = machine.ended("was killed by signal 9", at: .now)
        #expect(warnings(actions).first?.contains("an empty one starts") == true)
        #expect(actions.contains(.report(.starting)))
        #expect(attempts(actions) == [.init(way: .mongodOnPath, port: 27017)])
    }

    @Test func aServerThatEndsTimeAndAgainIsGivenUp() {
        var machine = Machine(choice: .mongod, port: 27017)
        _ = machine.begin()
        let start = ContinuousClock.now
        for second in [0, 1] {
            _ = machine.ready(uri: "mongodb://127.0.0.1:27017/", version: "6.0.5")
            #expect(!attempts(machine.ended("ended", at: start + .seconds(second))).isEmpty)
        }
        #expect(failure(machine.ended("ended", at: start + .seconds(2))) != nil)
    }

    @Test func aServerThatEndsOnceAnHourIsNotGivenUp() {
        var machine = Machine(choice: .mongod, port: 27017)
        _ = machine.begin()
        let start = ContinuousClock.now
        for hour in 0..<10 {
            _ = machine.ready(uri: "mongodb://127.0.0.1:27017/", version: "6.0.5")
            #expect(!attempts(machine.ended("ended", at: start + .seconds(3600 * hour))).isEmpty)
        }
    }

    @Test func whatIsReadyIsToldWithoutItsPassword() {
        var machine = Machine(choice: .server("mongodb://ada:secret@db:27017/"), port: 27017)
        #expect(machine.begin() == [.report(.starting), .follow("mongodb://ada:secret@db:27017/")])
        let actions = machine.ready(uri: "mongodb://ada:secret@db:27017/", version: "7.0.1")
        guard case .say(let line) = actions.first else { return #expect(Bool(false), "\(actions)") }
        #expect(line == "Document store: MongoDB 7.0.1 at mongodb://db:27017/ (uri)")
    }

    @Test func anUnreachableServerIsWarnedOfOnce() {
        var machine = Machine(choice: .server("mongodb://db"), port: 27017)
        _ = machine.begin()
        let failure = Failure(.documentStoreUnavailable, "It does not answer", remedy: "Start it.")
        #expect(warnings(machine.unreachable(failure, isFirst: true)).count == 1)
        #expect(machine.unreachable(failure, isFirst: false) == [.report(.unavailable(failure))])
    }
}
