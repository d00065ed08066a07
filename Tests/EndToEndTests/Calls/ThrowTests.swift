import Foundation
import TestSupport
import Testing
import Values

/// Tests that an error that escapes from a function reports the line in which it was thrown.
@Suite(
    .supervised, .tags(.large),
    .workspace(["functions/throws.swift": ThrowFixture.source, "functions/helper.swift": ThrowFixture.helper]))
struct ThrowTests {
    @Test(arguments: ThrowFixture.names)
    func theLineThatThrewIsTold(name: String) throws {
        let workspace = try SharedWorkspace.get()
        // Later calls find the line with what an earlier one looked up.
        for _ in 1...2 {
            let answer = try workspace.call(
                "throws.\(name)", headers: [("Ingress-Context", #"{"company":{"publicId":"acme","name":"C"}}"#)])
            #expect(answer.status >= 500)
            #expect(answer.error("location")?["file"]?.string == ThrowFixture.place(of: name)?.file, "\(answer.body)")
            #expect(answer.error("location")?["line"]?.integer == ThrowFixture.place(of: name)?.line, "\(answer.body)")
        }
    }

    @Test(arguments: ["neverThrown", "neverThrownButItsLike", "takesNumber?number=x"])
    func whatNoLineThrewHasNoPlace(call: String) throws {
        let answer = try SharedWorkspace.get().call("throws.\(call)")
        #expect(answer.error("message") != nil)
        #expect(answer.error("location") == nil, "\(answer.body)")
    }

    @Test func aCrashAfterAThrowTellsItsLine() throws {
        let workspace = try SharedWorkspace.get()
        for _ in 1...3 {
            #expect(try workspace.call("throws.plain").error("code") == "function-threw")
            let answer = try workspace.call("throws.traps")
            #expect(
                answer.error("location")?["line"]?.integer == ThrowFixture.place(of: "traps")?.line, "\(answer.body)")
        }
    }

    @Test(arguments: ["catchesMany", "catchesDeepDown", "catchesInC", "catchesOnAQueue", "holdsTheNext"])
    func caughtErrorsHurtNothing(name: String) throws {
        let answer = try SharedWorkspace.get().call("throws.\(name)")
        #expect(answer.json == "caught", "\(answer.body)")
    }
}

/// The functions that ``ThrowTests`` calls; the comment `THROWS name` marks the line that the function's error
/// reports.
enum ThrowFixture {
    static var names: [String] {
        (source + "\n" + helper).split(separator: "\n").compactMap { mark(in: $0) }.filter { $0 != "traps" }
    }

    static func place(of name: String) -> (file: String, line: Int64)? {
        for (file, text) in [("functions/throws.swift", source), ("functions/helper.swift", helper)] {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            if let index = lines.firstIndex(where: { mark(in: $0) == name }) { return (file, Int64(index) + 1) }
        }
        return nil
    }

    private static func mark(in line: Substring) -> String? {
        line.firstRange(of: "// THROWS ").map { String(line[$0.upperBound...]) }
    }

    static let helper = """
        struct Plain: Error {
            var note = ""
        }

        func fail() throws {
            throw Plain()  // THROWS inAHelper
        }

        func failLater() async throws {
            await Task.yield()
            throw Plain()  // THROWS inAnAsyncHelper
        }
        """

    static let source = """
        import CloudFunctions
        import Dispatch
        import Foundation

        enum Typed: Error { case wrong }

        @Exposed func plain(_ context: FunctionContext) throws {
            throw Plain()  // THROWS plain
        }
        @Exposed func typed(_ context: FunctionContext) throws(Typed) {
            throw .wrong  // THROWS typed
        }
        @Exposed func inAHelper(_ context: FunctionContext) throws { try fail() }
        @Exposed func inAnAsyncHelper(_ context: FunctionContext) async throws { try await failLater() }
        @Exposed func afterAwait(_ context: FunctionContext) async throws {
            try await Task.sleep(for: .milliseconds(1))
            throw Plain(note: "late")  // THROWS afterAwait
        }
        @Exposed func afterCaught(_ context: FunctionContext) throws {
            for _ in 1...40 { try? fail() }
            throw Plain(note: "last")  // THROWS afterCaught
        }
        @Exposed func thrownOn(_ context: FunctionContext) throws {
            do {
                throw Plain(note: "first")  // THROWS thrownOn
            } catch {
                try? fail()
                throw error
            }
        }
        @Exposed func decodes(_ context: FunctionContext) throws -> Int {
            try JSONDecoder().decode(Int.self, from: Data("no".utf8))  // THROWS decodes
        }
        @Exposed func asksConfig(_ context: FunctionContext) throws -> String {
            try context.config.value("no.such.key")  // THROWS asksConfig
        }
        @Exposed func asksTheStore(_ context: FunctionContext) async throws {
            _ = try await context.require(\\.documentStore).findOne(["a": 1])  // THROWS asksTheStore
        }
        @Exposed func inAChild(_ context: FunctionContext) async throws {
            async let child: Void = {
                throw Plain()  // THROWS inAChild
            }()
            try await child
        }
        @Exposed func inADetachedTask(_ context: FunctionContext) async throws {
            try await Task.detached {
                throw Plain()  // THROWS inADetachedTask
            }.value
        }
        @Exposed @MainActor func onTheMainActor(_ context: FunctionContext) throws {
            throw Plain()  // THROWS onTheMainActor
        }
        actor Shelf {
            func take(_ context: FunctionContext) async throws {
                try await context.require(\\.documentStore).deleteOne(["a": 1])  // THROWS onAnActor
            }
            func drop() throws {
                throw Plain()  // THROWS inAnActor
            }
        }
        @Exposed func onAnActor(_ context: FunctionContext) async throws { try await Shelf().take(context) }
        @Exposed func inAnActor(_ context: FunctionContext) async throws { try await Shelf().drop() }
        @Exposed func inAClosure(_ context: FunctionContext) throws {
            try [1, 2].forEach { number in
                if number == 2 { throw Plain() }  // THROWS inAClosure
            }
        }
        @Exposed func inAGeneric(_ context: FunctionContext) throws -> [Int] {
            try generic([1, 2])
        }
        func generic<S: Sequence>(_ numbers: S) throws -> [S.Element] {
            throw FunctionError(status: 500, code: "generic", "no \\(numbers)")  // THROWS inAGeneric
        }

        @Exposed func traps(_ context: FunctionContext, list: [Int] = []) -> Int {
            list.first!  // THROWS traps
        }
        @Exposed func takesNumber(_ context: FunctionContext, number: Int) {}
        @Exposed func neverThrown(_ context: FunctionContext) async throws {
            try Result<Void, any Error>.failure(CancellationError()).get()
        }
        @Exposed func neverThrownButItsLike(_ context: FunctionContext) throws {
            func wrong() throws(Typed) { throw .wrong }
            func wrongToo() throws(Typed) { throw .wrong }
            try? wrong()
            try? wrongToo()
            try Result<Void, any Error>.failure(Typed.wrong).get()
        }
        @Exposed func catchesMany(_ context: FunctionContext) -> String {
            for _ in 1...10_000 { try? fail() }
            return "caught"
        }
        @Exposed func catchesDeepDown(_ context: FunctionContext) -> String {
            func down(_ depth: Int) throws { if depth == 0 { throw Plain() } else { try down(depth - 1) } }
            try? down(5_000)
            return "caught"
        }
        @Exposed func catchesInC(_ context: FunctionContext) -> String {
            var numbers = (0..<1_000).map { _ in Int32.random(in: 0...9) }
            qsort(&numbers, numbers.count, 4) { _, _ in
                try? fail()
                return 0
            }
            return "caught"
        }
        @Exposed func catchesOnAQueue(_ context: FunctionContext) async -> String {
            await withCheckedContinuation { done in
                DispatchQueue.global().async {
                    try? fail()
                    done.resume(returning: "caught")
                }
            }
        }
        /// A recorded error is not kept alive.
        final class Guarded: Error, @unchecked Sendable {
            nonisolated(unsafe) static var count = 0
            init() { Self.count += 1 }
            deinit { Self.count -= 1 }
        }
        @Exposed func holdsTheNext(_ context: FunctionContext) -> String {
            for _ in 1...100 { do { throw Guarded() } catch {} }
            return Guarded.count == 0 ? "caught" : "\\(Guarded.count) errors are alive"
        }
        """
}
