import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// Tests that the code that answers is the code that was saved, no matter how and how often it was saved.
@Suite(.supervised, .tags(.large))
struct NeverStaleTests {
    private static let saves = rounds(500, quick: 60)

    private static func value(_ text: String) -> String {
        "import CloudFunctions\n@Exposed private func value(_ context: FunctionContext) -> String { \(text) }\n"
    }

    private static func helper(_ number: Int) -> String { "func help() -> String { \"helper \(number)\" }\n" }

    private static func start() throws -> RunningWorkspace {
        let workspace = try RunningWorkspace([
            "functions/a.swift": value("help()"), "functions/helper.swift": helper(0),
            "functions/b.swift": value("\"0\""),
        ])
        try workspace.waitUntilBuilt()
        return workspace
    }

    @Test func manySavesAreEachInTheNextAnswerAndLeaveNothing() async throws {
        let workspace = try Self.start()
        let (stale, before, after) = try await onOwnThread {
            var stale: [String] = []
            var before: Footprint?
            for round in 1...Self.saves {
                if round == 20 { before = try Footprint(of: workspace) }
                let function = try Self.save(round, in: workspace)
                let answer = try workspace.call("\(function.file).value")
                if answer.json.string != function.answer { stale.append("round \(round): \(answer.body)") }
            }
            return (stale, before, try Footprint(of: workspace))
        }
        #expect(stale == [])
        let start = try #require(before)
        #expect(after.memory - start.memory < 20 << 20, "\(start) became \(after)")
        #expect(after.disk - start.disk < 5 << 20, "\(start) became \(after)")
        // A worker takes five, and once those of earlier generations have ended, there may be two workers more than
        // before.
        try poll("few descriptors are left") {
            try Footprint(of: workspace).descriptors <= start.descriptors + 10
        }
        // The workers of the current generation: one that ran the calls, one that is starting or ending, one to
        // spare.
        try poll("few workers are left") { workspace.workers.count <= 4 }
        #expect(workspace.compilers == [])
    }

    /// Saves a file in one of four ways.
    ///
    /// - Returns: the file whose function returns something new, and its new result.
    private static func save(_ round: Int, in workspace: RunningWorkspace) throws -> (file: String, answer: String) {
        let text = value("\"\(round)\"")
        let path = "\(workspace.folder)/functions/b.swift"
        switch round % 4 {
        case 0: try workspace.save("functions/b.swift", text)
        case 1:
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.truncate(atOffset: 0)
            let bytes = Array(text.utf8), third = bytes.count / 3
            try file.write(contentsOf: bytes[..<third])
            try file.write(contentsOf: bytes[third..<(2 * third)])
            try file.write(contentsOf: bytes[(2 * third)...])
            try file.close()
        case 2:
            try Data(text.utf8).write(to: URL(filePath: path + "~"))
            guard rename(path + "~", path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        default:
            try workspace.save("functions/helper.swift", helper(round))
            return ("a", "helper \(round)")
        }
        return ("b", "\(round)")
    }

    @Test func contentsThatComeBackUnderAnOldTimeCount() throws {
        let workspace = try Self.start()
        let path = "\(workspace.folder)/functions/b.swift"
        let old = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        for _ in 1...3 {
            try workspace.save("functions/b.swift", Self.value("\"1\""))
            #expect(try workspace.call("b.value").json == "1")
            try workspace.save("functions/b.swift", Self.value("\"0\""))
            try FileManager.default.setAttributes([.modificationDate: try #require(old)], ofItemAtPath: path)
            #expect(try workspace.call("b.value").json == "0")
        }
    }

    @Test func savesDuringBuildsAndAfterBrokenOnesCount() throws {
        let workspace = try Self.start()
        for round in 1...rounds(25, quick: 9) {
            try workspace.save("functions/b.swift", Self.value(round % 3 == 0 ? "broken" : "\"early \(round)\""))
            // The next save happens at any point of the build that this one began.
            usleep(UInt32.random(in: 0...250_000))
            try workspace.save("functions/helper.swift", Self.helper(round))
            if round % 3 != 0 { #expect(try workspace.call("b.value").json.string == "early \(round)") }
            try workspace.save("functions/b.swift", Self.value("\"\(round)\""))
            #expect(try workspace.call("b.value").json.string == "\(round)")
            #expect(try workspace.call("a.value").json.string == "helper \(round)")
        }
        #expect(workspace.compilers == [])
    }

    @Test func callsUnderLoadNoticeNothingOfReloads() async throws {
        let workspace = try Self.start()
        let (stale, answers) = try await onOwnThread {
            let load = (0..<8).map { _ in SteadyCalls(of: workspace, "b.value") }
            var stale: [String] = []
            for reload in 1...rounds(50, quick: 12) {
                // Calls must be running at the moment of the save.
                try poll("every connection has five more answers") {
                    load.allSatisfy { $0.count >= 5 * reload }
                }
                try workspace.save("functions/b.swift", Self.value("\"\(reload)\""))
                let answer = try workspace.call("b.value")
                if answer.json.string != "\(reload)" { stale.append("reload \(reload): \(answer.body)") }
            }
            return (stale, try load.map { try $0.stop() })
        }
        #expect(stale == [])
        for answers in answers {
            let numbers = answers.map { $0.json.string.flatMap { Int($0) } ?? -1 }
            #expect(numbers == numbers.sorted(), "an answer of older code came after one of newer code")
            #expect(answers.allSatisfy { $0.status == 200 }, "\(answers.first { $0.status != 200 }?.body ?? "")")
        }
    }

    @Test func aCallInFlightEndsOnTheCodeThatItBeganOn() throws {
        let slow = { (text: String) in
            """
            import CloudFunctions
            import Foundation
            @Exposed func slow(_ context: FunctionContext, path: String) async throws -> String {
                try Data("begun".utf8).write(to: URL(filePath: path))
                try await Task.sleep(for: .seconds(1))
                return "\(text)"
            }

            """
        }
        let workspace = try RunningWorkspace(["functions/s.swift": slow("old")])
        try workspace.waitUntilBuilt()
        let call = BackgroundCall("s.slow", #"{"path":"\#(workspace.folder)/old"}"#, of: workspace)
        try workspace.waitForCall("old")
        try workspace.save("functions/s.swift", slow("new"))
        #expect(try workspace.call("s.slow", #"{"path":"\#(workspace.folder)/new"}"#).json == "new")
        #expect(try call.wait().json == "old")
    }

    @Test func manyFilesThatChangeAtOnceAreOneBuild() throws {
        var files: [String: String] = [:]
        for number in 0..<100 { files["functions/part\(number % 10)/f\(number).swift"] = Self.value("\"one\"") }
        let workspace = try RunningWorkspace(files)
        try workspace.git("init", "--quiet", "--initial-branch=one")
        try workspace.git("add", "functions")
        try workspace.git("commit", "--quiet", "-m", "one")
        try workspace.git("checkout", "--quiet", "-b", "two")
        for path in files.keys { try workspace.save(path, Self.value("\"two\"")) }
        try workspace.git("commit", "--quiet", "-a", "-m", "two")
        #expect(try workspace.call("part3.f13.value").json == "two")
        let generation = try #require(try workspace.get("/_/health").json["generation"]?.integer)
        try workspace.git("checkout", "--quiet", "one")
        #expect(try workspace.call("part9.f99.value").json == "one")
        #expect(try workspace.get("/_/health").json["generation"]?.integer == generation + 1)
    }

    @Test func renamedFoldersAndLinkedFilesCount() throws {
        let workspace = try Self.start()
        let functions = "\(workspace.folder)/functions"
        try workspace.save("functions/more/c.swift", Self.value("\"c\""))
        #expect(try workspace.call("more.c.value").json == "c")
        try FileManager.default.moveItem(atPath: "\(functions)/more", toPath: "\(functions)/less")
        #expect(try workspace.call("less.c.value").json == "c")
        #expect(try workspace.call("more.c.value").status == 404)
        try workspace.save("elsewhere.swift", Self.value("\"linked\""))
        try FileManager.default.createSymbolicLink(
            atPath: "\(functions)/d.swift", withDestinationPath: "\(workspace.folder)/elsewhere.swift")
        #expect(try workspace.call("d.value").json == "linked")
        try workspace.save("elsewhere.swift", Self.value("\"through the link\""))
        #expect(try workspace.call("d.value").json == "through the link")
        try workspace.save("functions/dTests.swift", "this is no function\n")
        let answer = try workspace.call("d.value")
        #expect(answer.json == "through the link")
        #expect(answer.headers["ingress-build"] == nil)
    }
}

/// A thread that calls a function again and again.
private final class SteadyCalls: Sendable {
    private let isStopped = Mutex(false)
    private let answered = Mutex(0)
    private let outcome = Mutex<Result<[HTTPExchange.Answer], any Error>?>(nil)

    init(of workspace: RunningWorkspace, _ name: String) {
        Thread.detachNewThread { [self] in
            let answers = Result {
                var answers: [HTTPExchange.Answer] = []
                while !isStopped.withLock(\.self) {
                    answers.append(try workspace.call(name))
                    answered.withLock { $0 += 1 }
                }
                return answers
            }
            outcome.withLock { $0 = answers }
        }
    }

    /// The number of calls answered so far.
    var count: Int { answered.withLock(\.self) }

    /// Ends the calls.
    ///
    /// - Returns: their answers, in order.
    func stop() throws -> [HTTPExchange.Answer] {
        isStopped.withLock { $0 = true }
        return try poll("the last call is answered") { outcome.withLock(\.self) }.get()
    }
}

extension RunningWorkspace {
    /// The processes that compile or link for this workspace.
    fileprivate var compilers: [Int32] {
        Self.processes(naming: folder).filter { pid in
            let name = FileManager.default.contents(atPath: "/proc/\(pid)/comm") ?? Data()
            return !["workspace", "FunctionWorker"].contains(
                String(decoding: name, as: UTF8.self).split(separator: "\n").first)
        }
    }

    /// Runs git in the workspace.
    fileprivate func git(_ arguments: String...) throws {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "-c", "user.name=T", "-c", "user.email=t@localhost", "-C", folder] + arguments
        try git.run()
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }
}
