import Glibc
import RunningProcesses
import TestSupport
import Testing

@testable import FunctionBuild

@Suite("Interrupted builds", .serialized, .supervised)
struct InterruptedBuildTests {
    private let project: FunctionProject

    init() throws {
        let slow = (0..<4).map { ("slow\($0).swift", slowSource($0)) }
        project = try FunctionProject(Dictionary(uniqueKeysWithValues: slow + [("a.swift", probe(1))]))
    }

    @Test("cancelling ends every process of the compiler's session before it returns")
    func cancellation() async throws {
        let builder = try await project.builder()
        let build = Task { try await builder.build(generation: 1) }
        let session = try await compilerSession()
        build.cancel()
        await #expect(throws: PluginBuildError.cancelled) { try await build.value }
        #expect(session.members == [])
        #expect(project.processes.isEmpty)
        try removeSlowSources()
        #expect(try await builder.build(generation: 2).probe() == 1)
    }

    @Test("a compiler killed from outside is reported, leaves nothing behind, and the next build is right")
    func killedDriver() async throws {
        let builder = try await project.builder()
        let build = Task { try await builder.build(generation: 1) }
        let session = try await compilerSession()
        kill(session.id, SIGKILL)
        await #expect {
            try await build.value
        } throws: { error in
            "\(error)".contains("The compiler was killed from outside (signal 9)")
        }
        #expect(session.members == [])
        #expect(project.processes.isEmpty)
        #expect(try await builder.build(generation: 2).probe() == 1)
    }

    @Test("a frontend killed from outside is reported as such")
    func killedFrontend() async throws {
        let builder = try await project.builder()
        let build = Task { try await builder.build(generation: 1) }
        let session = try await compilerSession()
        for member in session.members where member != session.id { kill(member, SIGKILL) }
        await #expect {
            try await build.value
        } throws: { error in
            "\(error)".contains("killed from outside (signal 9)")
        }
        #expect(project.processes.isEmpty)
    }

    @Test("a new start ends what a killed predecessor left running")
    func predecessor() async throws {
        let compilation = Task { try await project.builder().build(generation: 1) }
        let session = try await compilerSession()
        // Killing the workspace and the driver leaves frontends without a parent.
        kill(session.id, SIGSTOP)
        for member in session.members { kill(member, SIGSTOP) }
        let builder = try await project.builder()
        try await eventually("nothing of the session is left") { session.members.isEmpty }
        await #expect(throws: PluginBuildError.self) { try await compilation.value }
        try removeSlowSources()
        #expect(try await builder.build(generation: 2).probe() == 1)
    }

    @Test("a save in the middle of a build is in its result")
    func savedMeanwhile() async throws {
        let builder = try await project.builder()
        let build = Task { try await builder.build(generation: 1) }
        _ = try await compilerSession()
        try project.write("a.swift", probe(2))
        try removeSlowSources()
        let plugin = try await build.value
        #expect(plugin.snapshot.names == ["a.swift"])
        #expect(try plugin.probe() == 2)
    }

    @Test("a build that waits for another can be cancelled, and the other is not disturbed")
    func waiting() async throws {
        try removeSlowSources(but: 0)
        let builder = try await project.builder()
        let first = Task { try await builder.build(generation: 1) }
        _ = try await compilerSession()
        let second = Task { try await builder.build(generation: 2) }
        second.cancel()
        #expect(try await first.value.probe() == 1)
        await #expect(throws: PluginBuildError.cancelled) { try await second.value }
    }

    private func removeSlowSources(but kept: Int? = nil) throws {
        for index in 0..<4 where index != kept { try project.remove("slow\(index).swift") }
    }

    /// Returns the session of a compiler that has started its frontends.
    private func compilerSession() async throws -> ProcessSession {
        var sessions: [pid_t] = []
        try await eventually("the compiler has started its frontends") {
            sessions = project.processes.map(\.session)
            return sessions.count > 1
        }
        return ProcessSession(id: sessions[0])
    }
}
