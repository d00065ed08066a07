import Failures
import Foundation
import FunctionContracts
import Glibc
import TestSupport
import Testing
import Values

@testable import WorkerPool

/// Tests of reading a crash: the runtime's report and the text that it printed.
@Suite(.supervised)
struct CrashReportTests {
    private static let notice = "\n*** Signal 4: Backtracing from 0x7f1e5596df7f... done ***\n\n"
    private static let unsuspended =
        "swift-runtime: failed to suspend thread 1657 while processing a crash; "
        + "backtraces will be missing information\n"
    private static let failedCast =
        "Could not cast value of type 'Swift.Array<Swift.String>' (0x7fa9705df830) "
        + "to 'Swift.Int' (0x7fa9705da698).\n"

    @Test(arguments: [
        ("Swift/ContiguousArrayBuffer.swift:600: Fatal error: Index out of range\n", "Index out of range"),
        ("f/a.swift:33: Fatal error\n", "Fatal error"),
        ("f/a.swift:33: Precondition failed\n", "Precondition failed"),
        ("f/a.swift:24: Precondition failed: it is not zero\n", "Precondition failed: it is not zero"),
        ("f/a.swift:25: Assertion failed: it is not zero\n", "Assertion failed: it is not zero"),
        ("half a lineFatal error: at last\n", "at last"),
        ("f/a.swift:1: Fatal error: first\n\n  second: third\n", "first\n\n  second: third"),
        ("f/a.swift:1: Fatal error: \nsecond\n", "second"),
        ("f/a.swift:1: Precondition failed: Fatal error: both\n", "Precondition failed: Fatal error: both"),
        ("Fatal error: earlier\nf/a.swift:1: Fatal error: later\n", "later"),
        (
            failedCast,
            "Could not cast value of type 'Swift.Array<Swift.String>' to 'Swift.Int'"
        ),
        (
            """
            Simultaneous accesses to 0x55eb31b15428, but modification requires exclusive access.
            Previous access (a modification) started at own`<unavailable> + 10409 (0x55eb31b0f8a9).
            Current access (a modification) started at:
            0    libswiftCore.so                    0x00007f8c06a6d6a8 <unavailable> + 4642472
            Fatal access conflict detected.

            """, "Simultaneous accesses to 0x55eb31b15428, but modification requires exclusive access"
        ),
        (
            "Fatal error: Attempted to read an unowned reference but object 0x55647e39eae0 was already destroyed\n",
            "Attempted to read an unowned reference but object 0x55647e39eae0 was already destroyed"
        ),
        (
            "Attempted to read an unowned reference but the object was already deallocated\n",
            "Attempted to read an unowned reference but the object was already deallocated"
        ),
        ("no message\n", nil), ("Fatal errors are rare\n", nil), ("", nil),
    ])
    func theRuntimesMessageIsFound(printed: String, message: String?) {
        #expect(CrashReport.runtimeMessage(in: printed) == message)
        #expect(CrashReport.runtimeMessage(in: "before\n" + printed) == message)
        #expect(CrashReport.runtimeMessage(in: printed + Self.notice) == message)
        #expect(CrashReport.runtimeMessage(in: printed + Self.notice + "after\n") == message)
        #expect(CrashReport.runtimeMessage(in: printed + Self.unsuspended + Self.notice) == message)
    }

    @Test func aLongMessageIsCut() {
        let message = CrashReport.runtimeMessage(in: "Fatal error: " + String(repeating: "line\n", count: 1_000))
        #expect(message?.count == 2_000)
        #expect(message?.hasSuffix("…") == true)
    }

    @Test(arguments: [
        // A call pushes its return address.
        ("0x7f0000000ff8", "0x7f0000001000", "0x7f0000001040", true),
        // A frame was made, and the first write goes to its upper end.
        ("0x7f0000018ff8", "0x7f0000001000", "0x7f0000019000", true),
        ("0x7f0000001800", "0x7f0000001000", "0x0000000000000007", true),
        ("0x7f0000002800", "0x7f0000001000", "0x0000000000000007", false),
        ("0x7f0000001800", "0x7f0000001000", "0x00007fff00000000", true),
        // Past the stack's upper end.
        ("0x7f0000001100", "0x7f0000001000", "0x7f0000001040", false),
        ("0x7f0000002000", "0x7f0000001000", "0x7f0000001f00", false),
        // A stack has 8 MB.
        ("0x7f0000800ff0", "0x7f0000001000", "0x7f0000800ff8", true),
        ("0x7f0000800ff8", "0x7f0000001000", "0x7f0000801000", false),
        // Far away from the stack.
        ("0x7effffff0ff8", "0x7f0000001000", "0x7f0000001040", false),
        ("0x0000000000000000", "0x7f0000001000", "0x7f0000001040", false),
    ])
    func aStackOverflowIsKnownByItsAddresses(fault: String, stack: String, frame: String, isOverflow: Bool) {
        for names in [["rsp", "rbp"], ["sp", "fp"]] {
            let report = Self.report(
                fault: fault, registers: [names[0]: .string(stack), names[1]: .string(frame)], frames: [])
            #expect(report.reason == (isOverflow ? "stack overflow" : "Bad pointer dereference"))
        }
    }

    @Test func theFunctionsFramesAreTold() {
        let report = Self.report(frames: [
            ("swift_dynamicCast", nil, 0), ("helper", "/w/functions/b.swift", 3), ("made", "/w/functions/b.swift", 0),
            ("recurses", "/w/functions/a.swift", 7), ("recurses", "/w/functions/a.swift", 7),
            ("recurses", "/w/functions/a.swift", 8), ("library", "/elsewhere/c.swift", 1),
            ("f", "/w/functions/a.swift", 9), ("CallLoop.run", "/emulator/CallLoop.swift", 5),
        ])
        #expect(report.place == SourcePlace(file: "functions/b.swift", line: 3))
        #expect(report.files == ["functions/a.swift", "functions/b.swift"])
        #expect(
            report.frames == [
                "helper at /w/functions/b.swift:3", "recurses at /w/functions/a.swift:7 (2 times)",
                "recurses at /w/functions/a.swift:8", "library at /elsewhere/c.swift:1", "f at /w/functions/a.swift:9",
            ])
    }

    @Test(arguments: [(0, nil), (1, 1), (7, 7)])
    func aColumnIsToldWhereThereIsOne(column: Int64, told: Int?) {
        let report = Self.report(frames: [("f", "/w/functions/a.swift", 9)], column: column)
        #expect(report.place == SourcePlace(file: "functions/a.swift", line: 9, column: told))
    }

    @Test(arguments: [
        ("Illegal instruction", SIGILL, true), ("Illegal instruction", SIGSEGV, false),
        ("Bad pointer dereference", SIGSEGV, true), ("Bad pointer dereference", SIGABRT, false),
        ("Aborted", SIGABRT, true), ("Swift runtime failure: arithmetic overflow", SIGILL, true),
        ("Swift runtime failure: arithmetic overflow", SIGTRAP, true),
        ("Swift runtime failure: arithmetic overflow", SIGSEGV, false),
        ("Something else", SIGBUS, true), ("Illegal instruction", nil, false),
    ])
    func aReportThatDoesNotFitTheEndIsIgnored(description: String, signal: Int32?, fits: Bool) throws {
        let folder = try CrashFolder()
        try folder.write("FunctionWorker-71-0.0.json", time: "2026-11-21T14:06:13.602150Z", description)
        #expect(folder.take(of: 71, endedBy: signal)?.reason == (fits ? description : nil))
        #expect(folder.names.isEmpty)
    }

    /// Runs three times, because the folder lists its files in an order of its own.
    @Test(arguments: 0..<3)
    func theNewestReportOfTheProcessCounts(index: Int) throws {
        let folder = try CrashFolder()
        for (number, description) in ["Aborted", "Illegal instruction", "Bus error"].enumerated() {
            let time = "2026-11-21T14:06:1\((number + index) % 3).602150Z"
            try folder.write("a-71-0.\(number).json", time: time, description)
        }
        try folder.write("a-7-0.0.json", time: "2026-11-21T14:06:15.902150Z", "System trap")
        let newest = [("Bus error", SIGBUS), ("Illegal instruction", SIGILL), ("Aborted", SIGABRT)][index]
        #expect(folder.take(of: 71, endedBy: newest.1)?.reason == newest.0)
        #expect(folder.names == ["a-7-0.0.json"])
    }

    private static func report(
        fault: String = "0x0000000000000000", registers: JSONObject = [:],
        frames: [(symbol: String, file: String?, line: Int64)], column: Int64 = 0
    ) -> CrashReport {
        let frames = frames.map { frame -> JSONValue in
            guard let file = frame.file else { return ["symbol": .string(frame.symbol)] }
            return [
                "symbol": .string(frame.symbol),
                "sourceLocation": ["file": .string(file), "line": .integer(frame.line), "column": .integer(column)],
            ]
        }
        let json: JSONValue = [
            "description": "Bad pointer dereference", "faultAddress": .string(fault),
            "threads": [
                ["crashed": false, "frames": []],
                ["crashed": true, "registers": .object(registers), "frames": .array(frames)],
            ],
        ]
        return CrashReport(json: json, functions: FunctionsFolder("/w/functions"))
    }
}

/// A folder of crash reports.
private final class CrashFolder {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder(named: "crashes")
    }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: scratch.path)) ?? [] }

    func write(_ name: String, time: String, _ description: String) throws {
        let json = #"{"timestamp": "\#(time)", "description": "\#(description)", "threads": []}"#
        try scratch.write(json, to: name)
    }

    func take(of pid: Int32, endedBy signal: Int32?) -> CrashReport? {
        CrashReport.take(of: pid, endedBy: signal, from: scratch.path, functions: FunctionsFolder("/w/functions"))
    }
}
