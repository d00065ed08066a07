import Failures
import FoundationEssentials
import FunctionContracts
import Glibc
import Values

/// The contents of the Swift runtime's report about a crash of a function.
struct CrashReport: Equatable, Sendable {
    /// The runtime's name for the signal, as in `Illegal instruction`.
    let reason: String
    /// The innermost frame in the functions' own code.
    let place: SourcePlace?
    /// The functions' files that appear in the crashed thread's frames.
    let files: Set<String>
    /// The frames of the crashed thread that have a place, innermost first, as `symbol at file:line`.
    let frames: [String]

    /// Reads the report of a process that has ended, and removes all reports of that process. There may be several: the
    /// runtime also writes one for a signal from outside, after which the process continues.
    ///
    /// - Parameter signal: the signal that ended the process, or nil if it ended otherwise.
    /// - Returns: the report, or nil if the runtime wrote none for that end.
    static func take(of pid: Int32, endedBy signal: Int32?, from folder: String, functions: FunctionsFolder)
        -> CrashReport?
    {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var newest: (time: String, json: JSONValue)?
        for name in names where name.contains("-\(pid)-") && name.hasSuffix(".json") {
            let path = "\(folder)/\(name)"
            defer { try? FileManager.default.removeItem(atPath: path) }
            guard let bytes = FileManager.default.contents(atPath: path),
                let json = try? JSONValue(parsing: Array(bytes))
            else { continue }
            // ISO 8601 times of one time zone sort as text.
            let time = json["timestamp"]?.string ?? ""
            if newest.map({ $0.time <= time }) ?? true { newest = (time, json) }
        }
        guard let json = newest?.json, let signal, fits(json, signal) else { return nil }
        return CrashReport(json: json, functions: functions)
    }

    /// The names that swift-backtrace gives to the signals.
    private static let signals: [String: Int32] = [
        "Aborted": SIGABRT, "Bad pointer dereference": SIGSEGV, "Bus error": SIGBUS,
        "Floating point exception": SIGFPE, "Illegal instruction": SIGILL, "System trap": SIGTRAP,
    ]

    /// Whether a report can describe an end by the given signal.
    private static func fits(_ json: JSONValue, _ signal: Int32) -> Bool {
        guard let description = json["description"]?.string else { return true }
        if description.hasPrefix("Swift runtime failure") { return signal == SIGILL || signal == SIGTRAP }
        return signals[description].map { $0 == signal } ?? true
    }

    /// Reads the runtime's JSON.
    init(json: JSONValue, functions: FunctionsFolder) {
        let crashed = json["threads"]?.array?.first { $0["crashed"]?.bool == true } ?? json["threads"]?[0]
        reason =
            Self.isStackOverflow(json, crashed?["registers"])
            ? Self.stackOverflow : json["description"]?.string ?? "crash"
        let frames = crashed?["frames"]?.array ?? []
        let places = frames.compactMap { frame -> (symbol: String, place: SourcePlace)? in
            guard let location = frame["sourceLocation"], let file = location["file"]?.string,
                let line = location["line"]?.integer, line > 0
            else { return nil }
            let column = location["column"]?.integer.flatMap { $0 > 0 ? Int($0) : nil }
            let symbol = frame["description"]?.string ?? frame["symbol"]?.string ?? "?"
            return (symbol, SourcePlace(file: file, line: Int(line), column: column))
        }
        let own = places.compactMap { functions.shown($0.place) }
        place = own.first
        files = Set(own.map(\.file))
        // The code that called the function belongs to the worker and does not interest the function's author.
        let last = places.lastIndex { functions.shown($0.place) != nil } ?? places.endIndex - 1
        self.frames = Self.collapsed(places.prefix(last + 1).map { "\($0.symbol) at \($0.place)" })
    }

    /// The reason given for a stack overflow.
    static let stackOverflow = "stack overflow"

    /// Whether the address that could not be accessed is where the stack grows: below the stack pointer, or in the
    /// frame that was just created.
    private static func isStackOverflow(_ json: JSONValue, _ registers: JSONValue?) -> Bool {
        guard let fault = address(json["faultAddress"]), let stack = address(registers?["rsp"] ?? registers?["sp"])
        else { return false }
        if fault < stack { return stack - fault < 64 * 1024 }
        // Code without frame pointers uses this register for other values.
        let frame = address(registers?["rbp"] ?? registers?["fp"] ?? registers?["x29"]) ?? 0
        let hasFrame = frame >= stack && frame - stack < 8 * 1024 * 1024
        return hasFrame ? fault < frame : fault - stack < 4096
    }

    private static func address(_ value: JSONValue?) -> UInt64? {
        value?.string.flatMap { $0.hasPrefix("0x") ? UInt64($0.dropFirst(2), radix: 16) : nil }
    }

    /// Returns the lines with each run of equal lines replaced by one line and a count.
    private static func collapsed(_ lines: [String]) -> [String] {
        var collapsed: [(line: String, count: Int)] = []
        for line in lines {
            if collapsed.last?.line == line {
                collapsed[collapsed.count - 1].count += 1
            } else {
                collapsed.append((line, 1))
            }
        }
        return collapsed.map { $0.count == 1 ? $0.line : "\($0.line) (\($0.count) times)" }
    }
}
