import Foundation
import TestSupport
import Testing
import Values

/// Tests of a workspace's MongoDB in a container.
@Suite(
    .supervised, .tags(.large), .serialized,
    .enabled(if: ContainerEngine.obstacle == nil, Comment(rawValue: ContainerEngine.obstacle ?? "")), .containerEngine)
struct ContainerTests {
    private func start(_ scratch: ScratchWorkspace? = nil, flags: [String] = []) throws -> RunningWorkspace {
        try RunningWorkspace(
            on: scratch ?? ScratchWorkspace(StoreFixture.files), flags: flags, environment: ContainerEngine.environment)
    }

    /// Returns the names of all containers, running or not.
    private func containers() throws -> [String] {
        try ContainerEngine.docker(["ps", "--all", "--format", "{{.Names}}"]).split(separator: "\n").map(String.init)
    }

    /// Starts an emulator that chooses the server by itself, and does so again while the engine of a busy machine
    /// responds too late to be chosen.
    private func startByItself() throws -> RunningWorkspace {
        let environment = ContainerEngine.environment.merging(["DOCUMENT_STORE": "auto"]) { $1 }
        return try poll("the container engine answers in time") {
            let workspace = try RunningWorkspace(StoreFixture.files, environment: environment)
            return try workspace.documentStore()["kind"] == "container" ? workspace : nil
        }
    }

    @Test func theContainerComesFirstAndGoesWithTheEmulator() throws {
        let workspace = try startByItself()
        let store = try workspace.documentStore()
        #expect(store["kind"] == "container", "\(store) \(workspace.console)")
        #expect(store["version"]?.string?.hasPrefix("6.") == true)
        #expect(try workspace.add("a").status == 200)
        #expect(try workspace.count() == 1)
        #expect(try containers().count == 1)
        #expect(workspace.stop(SIGTERM) == 0)
        #expect(try containers().isEmpty)
    }

    @Test func noContainerOutlivesAKilledEmulator() throws {
        let workspace = try start()
        #expect(try workspace.add("a").status == 200)
        workspace.stop(SIGKILL)
        try poll("the container is gone") { try containers().isEmpty }
    }

    /// Returns the name and the label of a workspace's container.
    private func identity(_ scratch: ScratchWorkspace) throws -> (name: String, label: String) {
        let first = try start(scratch)
        #expect(try first.add("a").status == 200)
        let name = try #require(try containers().first)
        let owner = try ContainerEngine.docker(
            ["inspect", "--format", "{{index .Config.Labels \"cloud-functions.workspace\"}}", name])
        first.stop(SIGTERM)
        return (name, "cloud-functions.workspace=\(owner.trimmingCharacters(in: .whitespacesAndNewlines))")
    }

    @Test func whatAnEarlierRunLeftIsRemovedAndNothingElse() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        let (name, label) = try identity(scratch)
        try ContainerEngine.docker(["create", "--name", "left-behind", "--label", label, "mongo:6.0.6-jammy"])
        try ContainerEngine.docker(["create", "--name", "\(name)-other", "mongo:6.0.6-jammy"])
        defer { _ = try? ContainerEngine.docker(["rm", "\(name)-other"]) }
        let second = try start(scratch)
        #expect(try second.documentStore()["kind"] == "container", "\(second.console)")
        #expect(try second.count() == 0)
        second.stop(SIGTERM)
        #expect(try containers() == ["\(name)-other"], "only containers of the workspace are removed")
    }

    @Test func aTakenPortMovesAndOtherContainersStay() throws {
        let first = try start()
        #expect(try first.add("a").status == 200)
        let port = try #require(try first.documentStore()["uri"]?.string?.split(separator: ":").last?.dropLast())
        let second = try start(flags: ["--document-db-port", String(port)])
        #expect(try second.documentStore()["kind"] == "container")
        try second.prints("Port \(port) is taken")
        #expect(try second.count() == 0)
        second.stop(SIGTERM)
        #expect(try containers().count == 1)
        #expect(try first.count() == 1)
        first.stop(SIGTERM)
    }

    @Test func documentsThatAreKeptAreInAVolume() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        defer {
            let volumes = (try? ContainerEngine.docker(["volume", "ls", "--quiet"])) ?? ""
            for volume in volumes.split(separator: "\n") {
                _ = try? ContainerEngine.docker(["volume", "rm", String(volume)])
            }
        }
        for (round, signal) in [SIGTERM, SIGKILL, SIGTERM].enumerated() {
            let workspace = try start(scratch, flags: ["--keep-data"])
            #expect(try workspace.count() == round, "\(workspace.console)")
            #expect(try workspace.add("a").status == 200)
            workspace.stop(signal)
            try poll("the container is gone") { try containers().isEmpty }
        }
        // Nothing else takes the place of the kept documents unless the setting asks for it.
        let noEngine = ["DOCUMENT_STORE": "auto", "DOCKER_HOST": "unix:///tmp/no-such.sock"]
        let without = try RunningWorkspace(on: scratch, flags: ["--keep-data"], environment: noEngine)
        let store = try without.documentStore()
        #expect(store["state"] == "unavailable")
        #expect(store["remedy"]?.string?.contains("DOCUMENT_STORE=mongod starts without them") == true, "\(store)")
        without.stop(SIGTERM)
        let other = try RunningWorkspace(
            on: scratch, flags: ["--keep-data"], environment: noEngine.merging(["DOCUMENT_STORE": "mongod"]) { $1 })
        #expect(try other.count() == 0)
        try other.prints("the documents of earlier starts are not here: they were kept by a container")
    }

    @Test func withoutTheImageMongodComesNext() throws {
        let image = "mongo:6.0.6-jammy"
        try ContainerEngine.docker(["tag", image, "kept:1"])
        try ContainerEngine.docker(["rmi", image])
        defer { _ = try? ContainerEngine.docker(["tag", "kept:1", image]) }
        let environment = ContainerEngine.environment.merging(["DOCUMENT_STORE": "auto"]) { $1 }
        let workspace = try RunningWorkspace(StoreFixture.files, environment: environment)
        #expect(try workspace.documentStore()["kind"] == "mongod", "\(workspace.console)")
        let only = try start()
        let message = try only.documentStore()["message"]?.string
        #expect(message?.contains("the image \(image) is not there and cannot be pulled") == true)
    }
}

/// Tests of the messages when no container engine responds.
@Suite(.supervised, .tags(.large))
struct NoContainerEngineTests {
    @Test func anEngineThatIsDownIsNamed() throws {
        let workspace = try RunningWorkspace(
            StoreFixture.files, environment: ["DOCUMENT_STORE": "container", "DOCKER_HOST": "unix:///tmp/no-such.sock"])
        let answer = try workspace.add("a")
        #expect(answer.error("code") == "document-store-unavailable")
        #expect(answer.error("message")?.string?.contains("container: ") == true, "\(answer.body)")
        #expect(answer.error("remedy")?.string?.contains("container engine") == true)
    }
}
