import Failures
import FoundationEssentials
import Glibc
import SystemSupport
import TestSupport
import Testing

@testable import FunctionBuild

@Suite("PluginBuilder", .serialized, .supervised)
struct PluginBuilderTests {
    @Test("a folder of functions becomes a plugin that carries its generation")
    func builds() async throws {
        let project = try FunctionProject(["a.swift": "func two() -> Int { 2 }", "sub/b.swift": probeOfTwo])
        let plugin = try await project.builder().build(generation: 7)
        #expect(plugin.path == project.layout.buildFolder + "/plugins/functions-7.so")
        #expect(try plugin.probe() == 2)
        #expect(plugin.changes == SourceChanges(new: ["a.swift", "sub/b.swift"]))
        #expect(plugin.compiled == ["a.swift", "sub/b.swift"])
    }

    @Test("saves within the same second are never stale")
    func sameSecond() async throws {
        let project = try FunctionProject(["a.swift": probe(0), "b.swift": "func b() {}"])
        let builder = try await project.builder()
        _ = try await builder.build(generation: 0)
        for value in 1...8 {
            try project.write("a.swift", probe(value))
            let plugin = try await builder.build(generation: value)
            #expect(try plugin.probe() == value)
            #expect(plugin.compiled == ["a.swift"])
            #expect(plugin.changes == SourceChanges(changed: ["a.swift"]))
        }
    }

    @Test("a file with an older modification time is compiled when its contents differ")
    func olderFile() async throws {
        let project = try FunctionProject(["a.swift": probe(1)])
        let builder = try await project.builder()
        _ = try await builder.build(generation: 1)
        try project.write("a.swift", probe(2))
        let path = project.layout.functionsFolder + "/a.swift"
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
        #expect(try await builder.build(generation: 2).probe() == 2)
    }

    @Test("files that depend on a changed one are compiled too")
    func dependents() async throws {
        let project = try FunctionProject([
            "type.swift": "struct Size { var a = 0 }", "b.swift": "func b() {}",
            "use.swift": "@c public func probe() -> Int { MemoryLayout<Size>.size }",
        ])
        let builder = try await project.builder()
        #expect(try await builder.build(generation: 1).probe() == 8)
        try project.write("type.swift", "struct Size { var a = 0; var b = 0 }")
        let plugin = try await builder.build(generation: 2)
        #expect(try plugin.probe() == 16)
        #expect(plugin.compiled == ["type.swift", "use.swift"])
    }

    @Test("a broken save gives its errors, and the next save works")
    func brokenSave() async throws {
        let project = try FunctionProject(["a.swift": probe(1), "b.swift": "func b() -> Int { 1 }\n"])
        let builder = try await project.builder()
        _ = try await builder.build(generation: 1)
        try project.write("b.swift", "func b() -> Int {\n    \"x\"\n}\n")
        try project.write("a.swift", probe(2))
        let error = await #expect(throws: PluginBuildError.self) { try await builder.build(generation: 2) }
        guard case .diagnostics(let diagnostics) = error else { throw try #require(error) }
        #expect(
            diagnostics.map { $0.rendered() } == [
                """
                functions/b.swift:2:5: error: cannot convert return expression of type 'String' to return type 'Int'
                    "x"
                    ^
                """
            ])
        try project.write("b.swift", "func b() -> Int { 2 }\n")
        #expect(try await builder.build(generation: 3).probe() == 2)
    }

    @Test("a save undone gives the last plugin back without a compiler run")
    func undone() async throws {
        let project = try FunctionProject(["a.swift": probe(1)])
        let builder = try await project.builder()
        _ = try await builder.build(generation: 1)
        try project.write("a.swift", "nonsense")
        await #expect(throws: PluginBuildError.self) { try await builder.build(generation: 2) }
        try project.write("a.swift", probe(1))
        let plugin = try await builder.build(generation: 3)
        #expect(plugin.wasUpToDate)
        #expect(try plugin.probe() == 1)
    }

    @Test("new, deleted and renamed files count")
    func folderChanges() async throws {
        let project = try FunctionProject(["a.swift": probe(1), "b.swift": "func b() -> Int { 2 }"])
        let builder = try await project.builder()
        _ = try await builder.build(generation: 1)
        try project.write("c.swift", "func c() -> Int { b() + 1 }")
        try project.write("a.swift", "@c public func probe() -> Int { c() }")
        let added = try await builder.build(generation: 2)
        #expect(try added.probe() == 3)
        #expect(added.changes == SourceChanges(changed: ["a.swift"], new: ["c.swift"]))

        try project.remove("b.swift")
        await #expect(throws: PluginBuildError.self) { try await builder.build(generation: 3) }
        try project.write("c.swift", "func c() -> Int { 4 }")
        let removed = try await builder.build(generation: 4)
        #expect(try removed.probe() == 4)
        #expect(removed.changes == SourceChanges(changed: ["c.swift"], deleted: ["b.swift"]))

        try project.rename("c.swift", to: "d.swift")
        let renamed = try await builder.build(generation: 5)
        #expect(try renamed.probe() == 4)
        #expect(renamed.changes == SourceChanges(new: ["d.swift"], deleted: ["c.swift"]))
    }

    @Test("a restart with nothing changed reuses the plugin, and one with a change builds upon it")
    func restart() async throws {
        let project = try FunctionProject(["a.swift": probe(1), "b.swift": "func b() { let unused = 1 }"])
        let first = try await project.builder().build(generation: 4)
        #expect(first.warnings.map(\.file) == ["functions/b.swift"])
        let second = try await project.builder().build(generation: 1)
        #expect(second.wasUpToDate)
        #expect(second.compiled == [])
        #expect(second.warnings == first.warnings)
        #expect(second.path.hasSuffix("functions-1.so"))
        #expect(try second.probe() == 1)
        #expect(try Files.entries(of: project.layout.pluginsFolder) == ["functions-1.so"])

        try project.write("a.swift", probe(2))
        let third = try await project.builder().build(generation: 2)
        #expect(third.compiled == ["a.swift"])
        #expect(third.warnings == first.warnings)
        #expect(try third.probe() == 2)
    }

    @Test("neither a restart nor a build with nothing changed runs the compiler")
    func compilerRuns() async throws {
        let project = try FunctionProject(["a.swift": probe(1)])
        let counted = try await CountedToolchain()
        _ = try await project.builder(toolchain: counted.toolchain).build(generation: 1)
        #expect(counted.runs == 1)
        let builder = try await project.builder(toolchain: counted.toolchain)
        for generation in 2...3 { #expect(try await builder.build(generation: generation).probe() == 1) }
        #expect(counted.runs == 1)
        try project.write("a.swift", probe(2))
        #expect(try await builder.build(generation: 4).probe() == 2)
        #expect(counted.runs == 2)
    }

    @Test("other arguments or a changed module make a clean build")
    func otherInputs() async throws {
        let source = """
            func b() -> Int { 1 }
            """
        let project = try FunctionProject([
            "a.swift": "@c public func probe() -> Int {\n#if TWO\n2\n#else\n1\n#endif\n}\n", "b.swift": source,
        ])
        try project.write("module.data", "one")
        var inputs = FunctionProject.inputs
        inputs.identityFiles = [project.layout.functionsFolder + "/module.data"]
        #expect(try await project.builder(inputs).build(generation: 1).probe() == 1)
        try project.write("module.data", "other")
        let clean = try await project.builder(inputs).build(generation: 2)
        #expect(clean.compiled == ["a.swift", "b.swift"])
        #expect(clean.changes.isEmpty && !clean.wasUpToDate)
        inputs.arguments += ["-DTWO"]
        #expect(try await project.builder(inputs).build(generation: 3).probe() == 2)
    }

    @Test("a good build with a damaged object is not built upon")
    func damaged() async throws {
        let project = try FunctionProject(["a.swift": probe(1), "b.swift": "func b() {}"])
        _ = try await project.builder().build(generation: 1)
        try Files.write([], to: project.layout.goodFolder + "/b.o")
        #expect(try await project.builder().build(generation: 2).compiled == ["a.swift", "b.swift"])
    }

    @Test("an object that is damaged between two builds is not built upon")
    func damagedBetweenBuilds() async throws {
        let project = try FunctionProject(["a.swift": probe(1), "b.swift": "func b() {}"])
        let builder = try await project.builder()
        _ = try await builder.build(generation: 1)
        try Files.write([], to: project.layout.goodFolder + "/b.o")
        #expect(try await builder.build(generation: 2).compiled == ["a.swift", "b.swift"])
        try Files.remove(project.layout.goodFolder + "/b.o")
        try project.write("a.swift", probe(2))
        let plugin = try await builder.build(generation: 3)
        #expect(plugin.compiled == ["a.swift", "b.swift"])
        #expect(try plugin.probe() == 2)
    }

    @Test("a commit that was interrupted leaves the build before it")
    func interruptedCommit() async throws {
        let project = try FunctionProject(["a.swift": probe(1)])
        _ = try await project.builder().build(generation: 1)
        try Files.move(project.layout.goodFolder, to: project.layout.replacedFolder)
        #expect(try await project.builder().build(generation: 2).wasUpToDate)
    }

    @Test("no functions give a plugin without records, records give the section's bounds")
    func records() async throws {
        let project = try FunctionProject()
        let builder = try await project.builder()
        let empty = try await builder.build(generation: 1)
        #expect(empty.snapshot.isEmpty)
        #expect(try !LoadedPlugin(empty.path).has("__start_cloud_functions"))
        try project.write(
            "a.swift",
            """
            private enum Record {
                @used @section("cloud_functions") static let record: @convention(c) (Int) -> Int = { $0 }
            }
            """)
        let plugin = try LoadedPlugin(try await builder.build(generation: 2).path)
        #expect(plugin.has("__start_cloud_functions") && plugin.has("__stop_cloud_functions"))
    }

    @Test("two files of one name are an error that names both")
    func sameName() async throws {
        let project = try FunctionProject(["x/a.swift": "", "y/a.swift": ""])
        let builder = try await project.builder()
        let error = await #expect(throws: PluginBuildError.self) { try await builder.build(generation: 1) }
        #expect(error?.description.contains("used twice: functions/x/a.swift and functions/y/a.swift") == true)
    }

    @Test("a file that is not UTF-8 and a symbol defined twice are errors in the user's files")
    func oddErrors() async throws {
        let project = try FunctionProject()
        let builder = try await project.builder()
        try project.write("a.swift", bytes: Array("func a".utf8) + [0xFF, 0xFE] + Array("() {}".utf8))
        let encoding = await #expect(throws: PluginBuildError.self) { try await builder.build(generation: 1) }
        #expect(encoding?.description.hasPrefix("functions/a.swift:1:") == true)
        try project.write("a.swift", probe(1))
        try project.write("b.swift", "@c(probe) public func other() -> Int { 2 }")
        let twice = await #expect(throws: PluginBuildError.self) { try await builder.build(generation: 1) }
        #expect(twice?.description.contains("error: duplicate symbol: probe") == true)
        #expect(twice?.description.contains("functions/a.swift") == true)
        #expect(twice?.description.contains("functions/b.swift") == true)
    }

    @Test("packages that only functions use are linked beside the plugin")
    func dependencies() async throws {
        let library = try FunctionProject(["extra.swift": "@c(extra) public func extra() -> Int { 5 }"])
        _ = try await library.builder().build(generation: 1)
        let project = try FunctionProject([
            "a.swift": "@_extern(c) func extra() -> Int\n@c public func probe() -> Int { extra() }"
        ])
        var inputs = FunctionProject.inputs
        inputs.arguments += ["-enable-experimental-feature", "Extern"]
        inputs.dependencyObjects = [library.layout.goodFolder + "/extra.o"]
        #expect(try await project.builder(inputs).build(generation: 1).probe() == 5)
        let stamp = FileStamp.line(project.layout.dependenciesLibrary)
        try project.write("b.swift", "func b() {}")
        #expect(try await project.builder(inputs).build(generation: 2).probe() == 5)
        #expect(FileStamp.line(project.layout.dependenciesLibrary) == stamp)
    }

    @Test("only the newest plugins are kept")
    func oldPlugins() async throws {
        let project = try FunctionProject(["a.swift": probe(1)])
        let builder = try await project.builder()
        for generation in 8...12 { _ = try await builder.build(generation: generation) }
        #expect(
            try Files.entries(of: project.layout.pluginsFolder)
                == ["functions-10.so", "functions-11.so", "functions-12.so"])
    }

    private var probeOfTwo: String { "@c public func probe() -> Int { two() }" }
}
