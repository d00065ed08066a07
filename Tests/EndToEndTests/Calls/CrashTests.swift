import Foundation
import TestSupport
import Testing
import Values

/// Tests that a function that ends its process harms only its own call.
@Suite(.supervised, .tags(.large), .workspace(["functions/errs.swift": CrashFixture.source]))
struct CrashTests {
    @Test func aTrapAnswersWithItsReasonAndPlace() throws {
        let workspace = try SharedWorkspace.get()
        let answer = try workspace.call("errs.trap")
        #expect(answer.status == 500)
        #expect(answer.error("code") == "function-crashed")
        #expect(answer.error("message")?.string?.contains("Index out of range") == true)
        #expect(answer.error("location")?["file"] == "functions/errs.swift")
        #expect(answer.error("location")?["line"] == 7)
        let id = try #require(answer.headers["ingress-activation-id"])
        try poll("the frame is on the console") {
            let lines = workspace.console.split(separator: "\n").filter {
                $0.contains(id) && $0.contains("trap(_:at:)")
            }
            return lines.count == 1 ? true : nil
        }
        #expect(try workspace.call("errs.fine").json == "fine")
    }

    @Test(arguments: [
        ("errs.fatal", "function-crashed", "out of ideas", 10), ("errs.leave", "function-exited", "exit status 3", 11),
        ("errs.killed", "function-killed", "SIGKILL", 12),
    ])
    func otherEndsAreToldApart(name: String, code: String, words: String, line: Int64) throws {
        let workspace = try SharedWorkspace.get()
        let answer = try workspace.call(name)
        #expect(answer.status == 500)
        #expect(answer.error("code")?.string == code)
        #expect(answer.error("message")?.string?.contains(words) == true, "\(answer.body)")
        #expect(answer.error("location")?["line"]?.integer == line)
        #expect(try workspace.call("errs.fine").json == "fine")
    }

    @Test func aCrashHurtsNoOtherCall() async throws {
        let workspace = try SharedWorkspace.get()
        try await withThrowingTaskGroup(of: (String, Int).self) { group in
            for index in 0..<24 {
                let name = index % 4 == 0 ? "errs.trap" : "errs.fine"
                group.addTask { (name, try workspace.call(name).status) }
            }
            for try await (name, status) in group { #expect(status == (name == "errs.trap" ? 500 : 200)) }
        }
    }

    @Test func theNextCallIsAnswered() throws {
        let workspace = try SharedWorkspace.get()
        for _ in 1...5 {
            #expect(try workspace.call("errs.trap").status == 500)
            #expect(try workspace.call("errs.fine").json == "fine")
        }
    }

    @Test(arguments: [
        ("aborts", "Aborted"), ("abortsWhereItIsBlocked", "Aborted"),
        ("castsWrongly", "Could not cast value of type 'Swift.String' to 'Swift.Int'"),
        ("accessesTwice", "but modification requires exclusive access"), ("usesWhatIsGone", "was already destroyed"),
        ("requiresMore", "Precondition failed: more\nis\n\nneeded"),
        ("assertsMore", "Assertion failed: more is needed"), ("saysMuch", "first\nsecond"),
        ("refusesWithSuccess", "A FunctionError has a status from 400 to 599, not 200"),
    ])
    func theMessageAndTheLineAreTold(name: String, words: String) throws {
        let workspace = try SharedWorkspace.get()
        let answer = try workspace.call("errs.\(name)")
        let message = answer.error("message")?.string ?? ""
        #expect(message.hasPrefix("The function crashed: ") && message.hasSuffix(words), "\(message)")
        #expect(answer.error("location")?["file"] == "functions/errs.swift")
        #expect(answer.error("location")?["line"]?.integer == CrashFixture.line(of: name), "\(answer.body)")
        let place = try "errs.swift:\(#require(CrashFixture.line(of: name)))"
        try poll("the frame is on the console") {
            workspace.console.split(separator: "\n").first { $0.contains(" at /") && $0.contains(place) }
        }
    }

    @Test func anAbortThatIsIgnoredEndsTheProcessAllTheSame() throws {
        let answer = try SharedWorkspace.get().call("errs.abortsWhereItIsIgnored")
        #expect(answer.error("message") == "The function crashed: SIGABRT", "\(answer.body)")
    }

    @Test func aSignalThatTheProcessSurvivedDoesNotNameItsEnd() throws {
        let workspace = try SharedWorkspace.get()
        let crash = try workspace.call("errs.overflowsAfterASignal")
        #expect(crash.error("message") == "The function crashed: SIGILL", "\(crash.body)")
        let place = CrashFixture.line(of: "overflowsAfterASignal")
        #expect(crash.error("location")?["line"]?.integer == place, "\(crash.body)")
    }

    @Test func aCrashBetweenCallsIsOnTheConsole() throws {
        let workspace = try RunningWorkspace(["functions/errs.swift": CrashFixture.source])
        #expect(try workspace.call("errs.leavesATrap").json == "left")
        let place = try #require(CrashFixture.line(of: "trapsLate"))
        try poll("the crash is on the console") {
            let lines = workspace.console.split(separator: "\n")
            let isSaid = lines.contains {
                $0.contains("crashed between calls: Index out of range at functions/errs.swift:\(place)")
            }
            return isSaid && lines.contains { $0.contains("trapsLate") && $0.contains("errs.swift:\(place)") }
                ? true : nil
        }
        #expect(try workspace.call("errs.fine").json == "fine")
    }

    @Test(arguments: ["overflows", "overflowsAsync", "overflowsInATask"])
    func aStackOverflowIsNamed(name: String) throws {
        let workspace = try SharedWorkspace.get()
        let answer = try workspace.call("errs.\(name)")
        #expect(answer.error("code") == "function-crashed")
        #expect(answer.error("message") == "The function crashed: stack overflow", "\(answer.body)")
        #expect(answer.error("location")?["file"] == "functions/errs.swift")
        #expect(try workspace.call("errs.fine").json == "fine")
    }

    @Test func anErrorMayHaveAStatusAndACodeOfItsOwn() throws {
        let workspace = try SharedWorkspace.get()
        let answer = try workspace.call("errs.refuses")
        #expect(answer.status == 404)
        #expect(answer.headers["ingress-error"] == "function-threw")
        #expect(answer.error("code") == "function-threw")
        #expect(answer.error("functionCode") == "no-such-thing")
        #expect(answer.error("message") == "There is no such thing")
        #expect(answer.error("location")?["file"] == "functions/errs.swift")
        #expect(answer.error("location")?["line"] == 25)
        let envelope = try workspace.post(#"{"name":"errs.refuses"}"#)
        #expect(envelope.status == 500)
        #expect(envelope.error("functionCode") == "no-such-thing")
    }

    @Test func whatAFunctionPrintsIsShownAtEveryLogLevel() throws {
        let workspace = try RunningWorkspace(
            ["functions/errs.swift": CrashFixture.source], flags: ["--log-level", "critical"])
        #expect(try workspace.call("errs.prints").json == "printed")
        try poll("the line is on the console") { workspace.console.contains("hello from print") }
    }

    @Test func whatAFunctionPrintsIsShownUnderItsCall() throws {
        let workspace = try SharedWorkspace.get()
        let id = try #require(try workspace.call("errs.prints").headers["ingress-activation-id"])
        try poll("the line is on the console") {
            workspace.console.split(separator: "\n").first { $0.contains("hello from print") && $0.contains(id) }
        }
    }
}

/// The functions that ``CrashTests`` calls.
enum CrashFixture {
    static let source = """
        import CloudFunctions
        import Foundation

        @Exposed
        func trap(_ context: FunctionContext, at index: Int = 5) -> Int {
            let list = [1, 2, 3]
            return list[index]
        }

        @Exposed func fatal(_ context: FunctionContext) -> Int { fatalError("out of ideas") }
        @Exposed func leave(_ context: FunctionContext) -> Int { exit(3) }
        @Exposed func killed(_ context: FunctionContext) -> Int { kill(getpid(), SIGKILL); return 1 }
        @Exposed func fine(_ context: FunctionContext) -> String { "fine" }
        @Exposed func prints(_ context: FunctionContext) -> String { print("hello from print"); return "printed" }
        @inline(never) func recurses(_ depth: Int) -> Int { depth < 0 ? 0 : recurses(depth + 1) + 1 }
        @Exposed func overflows(_ context: FunctionContext) -> Int {
            FileHandle.standardError.write(Data("Fatal error: only printed\\n".utf8))
            return recurses(1)
        }
        @Exposed func overflowsAsync(_ context: FunctionContext) async -> Int { await Task.yield(); return recurses(1) }
        @Exposed func overflowsInATask(_ context: FunctionContext) async -> Int {
            await Task.detached { recurses(1) }.value
        }
        @Exposed func refuses(_ context: FunctionContext) throws {
            throw FunctionError(status: 404, code: "no-such-thing", "There is no such thing")
        }
        @Exposed func aborts(_ context: FunctionContext) { abort() }  // CRASHES aborts
        @Exposed func abortsWhereItIsBlocked(_ context: FunctionContext) {
            var signals = sigset_t()
            sigfillset(&signals)
            pthread_sigmask(SIG_BLOCK, &signals, nil)
            abort()  // CRASHES abortsWhereItIsBlocked
        }
        @Exposed func abortsWhereItIsIgnored(_ context: FunctionContext) {
            signal(SIGABRT, SIG_IGN)
            abort()
        }
        @Exposed func castsWrongly(_ context: FunctionContext) -> Int {
            let text: Any = context.activationID
            return text as! Int  // CRASHES castsWrongly
        }
        final class Counter {
            var count = 0
            func change(_ number: inout Int) { number = count }  // CRASHES accessesTwice
        }
        @Exposed func accessesTwice(_ context: FunctionContext) {
            let counter = Counter()
            counter.change(&counter.count)
        }
        @Exposed func usesWhatIsGone(_ context: FunctionContext) -> Int {
            var counter: Counter? = Counter()
            unowned let same = counter!
            counter = nil
            return same.count  // CRASHES usesWhatIsGone
        }
        @Exposed func requiresMore(_ context: FunctionContext, number: Int = 1) {
            precondition(number > 1, "more\\nis\\n\\nneeded")  // CRASHES requiresMore
        }
        @Exposed func assertsMore(_ context: FunctionContext, number: Int = 1) {
            assert(number > 1, "more is needed")  // CRASHES assertsMore
        }
        @Exposed func saysMuch(_ context: FunctionContext) {
            fatalError("first\\nsecond")  // CRASHES saysMuch
        }
        @Exposed func refusesWithSuccess(_ context: FunctionContext) throws {
            throw FunctionError(status: 200, code: "fine", "All is well")  // CRASHES refusesWithSuccess
        }
        @Exposed func overflowsAfterASignal(  // CRASHES overflowsAfterASignal
            _ context: FunctionContext, number: Int8 = 127
        ) -> Int8 {
            raise(SIGSEGV)
            return number + 1  // by now the runtime writes no report
        }
        @inline(never) func trapsLate(_ list: [Int]) -> Int {
            list[5]  // CRASHES trapsLate
        }
        @Exposed func leavesATrap(_ context: FunctionContext) -> String {
            Task.detached {
                try await Task.sleep(for: .milliseconds(300))
                return trapsLate([1])
            }
            return "left"
        }
        """

    /// Returns the line that the comment `CRASHES name` marks.
    static func line(of name: String) -> Int64? {
        source.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
            $0.hasSuffix("// CRASHES \(name)")
        }
        .map { Int64($0) + 1 }
    }
}
