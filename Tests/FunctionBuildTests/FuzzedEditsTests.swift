import Glibc
import RunningProcesses
import TestSupport
import Testing

@testable import FunctionBuild

@Suite("Fuzzed edits", .supervised)
struct FuzzedEditsTests {
    @Test("many edits, some broken, some builds killed, never give a stale plugin", arguments: [UInt64(1), 2, 3])
    func neverStale(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var code = FuzzedCode()
        let project = try FunctionProject(code.sources)
        var builder = try await project.builder()
        var right = 0
        let edits = rounds(100, quick: 30)
        for edit in 1...edits {
            for name in code.change(&random) {
                if let text = code.sources[name] { try project.write(name, text) } else { try project.remove(name) }
            }
            let isKilled = Int.random(in: 0..<3, using: &random) == 0
            let kill = isKilled ? KillMethod.allCases.randomElement(using: &random) : nil
            let delay = Duration.milliseconds(.random(in: 5...250, using: &random))
            let result = await build(builder, edit, project, kill, after: delay)
            switch result {
            case .success(let plugin):
                try #require(try plugin.probe() == code.expected, "edit \(edit) is stale")
                right += 1
            case .failure(.diagnostics): try #require(code.isBroken, "edit \(edit) failed although the code is right")
            case .failure(let error): try #require(kill != nil, "edit \(edit): \(error)")
            }
            #expect(project.processes.isEmpty)
            if kill == .cancelAndRestart { builder = try await project.builder() }
        }
        #expect(right > edits / 5)
    }

    private enum KillMethod: CaseIterable {
        case cancel, cancelAndRestart, killDriver, killAll
    }

    private func build(
        _ builder: PluginBuilder, _ edit: Int, _ project: FunctionProject, _ method: KillMethod?, after delay: Duration
    ) async -> Result<BuiltPlugin, PluginBuildError> {
        let build = Task { () async -> Result<BuiltPlugin, PluginBuildError> in
            do throws(PluginBuildError) {
                return .success(try await builder.build(generation: edit))
            } catch { return .failure(error) }
        }
        if let method {
            // This does not wait for anything: it varies the moment of the kill.
            try? await Task.sleep(for: delay)
            switch method {
            case .cancel, .cancelAndRestart: build.cancel()
            case .killDriver, .killAll:
                for process in project.processes where method == .killAll || process.id == process.session {
                    kill(process.id, SIGKILL)
                }
            }
        }
        return await build.value
    }
}

/// Six files that use each other's types and functions in a ring, other files that come and go, and one number that
/// depends on all of them.
private struct FuzzedCode {
    private struct File {
        var isDouble = false
        var value = 1
        var fields = 1
        var isBroken = false
    }

    private var files = Array(repeating: File(), count: 6)
    /// The values that the other files add to the number, by the number in the file's name.
    private var others: [Int: Int] = [:]
    /// The number of other files created so far.
    private var created = 0

    var isBroken: Bool { files.contains(where: \.isBroken) }

    /// The result of `probe` once everything is compiled.
    var expected: Int {
        files.indices.map { index in
            (files[index].value * 10 + (files[index].isDouble ? 5 : 0)) * (index + 1) + 8 * files[index].fields * 1000
        }.reduce(0, +) + others.values.reduce(0, +)
    }

    var sources: [String: String] {
        var sources = ["probe.swift": "@c public func probe() -> Int { \(terms) }\n"]
        for index in files.indices { sources["m\(index).swift"] = text(index) }
        for (index, value) in others { sources["o\(index).swift"] = "func o\(index)() -> Int { \(value) }\n" }
        return sources
    }

    /// Changes one or two files, or adds or deletes one, and returns the names of those files.
    mutating func change(_ random: inout SeededGenerator) -> Set<String> {
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            created += 1
            others[created] = Int.random(in: 1..<100, using: &random)
            return ["o\(created).swift", "probe.swift"]
        case 1:
            guard let index = others.keys.sorted().randomElement(using: &random) else { break }
            others[index] = nil
            return ["o\(index).swift", "probe.swift"]
        default: break
        }
        var names: Set<String> = []
        for _ in 0..<(Int.random(in: 0..<4, using: &random) == 0 ? 2 : 1) {
            // Half of the changes fix a broken file; otherwise there would be little else to see.
            let broken = Bool.random(using: &random) ? files.firstIndex(where: \.isBroken) : nil
            let index = broken ?? Int.random(in: files.indices, using: &random)
            names.insert("m\(index).swift")
            switch Int.random(in: 0..<20, using: &random) {
            case _ where files[index].isBroken: files[index].isBroken = Int.random(in: 0..<10, using: &random) < 3
            case 0..<8: files[index].value = Int.random(in: 0..<100, using: &random)
            case 8..<13: files[index].isDouble.toggle()
            case 13..<18: files[index].fields = Int.random(in: 1..<5, using: &random)
            default: files[index].isBroken = true
            }
        }
        return names
    }

    private var terms: String {
        (files.indices.map { "h\($0)()" } + others.keys.sorted().map { "o\($0)()" }).joined(separator: " + ")
    }

    private func text(_ index: Int) -> String {
        let file = files[index]
        let other = (index + 5) % 6
        if file.isBroken { return "func g\(index)() -> Int { \"x\" }\nstruct S\(index) {}\n" }
        let fields = (0..<file.fields).map { "var f\($0) = 0" }.joined(separator: "; ")
        return """
            func g\(index)() -> \(file.isDouble ? "Double { \(file.value).5 }" : "Int { \(file.value) }")
            struct S\(index) { \(fields) }
            func h\(index)() -> Int {
                let number = g\(other)()
                return Int(Double(number) * 10) * \(other + 1) + MemoryLayout<S\(other)>.size * 1000
            }

            """
    }
}
