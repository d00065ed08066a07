import FoundationEssentials
import InvocationProtocol
import Values

/// What the Swift runtime's crash report says about a function's crash.
struct CrashReport: Equatable, Sendable {
    /// The runtime's words for the signal, as in `Illegal instruction`.
    let reason: String
    /// The innermost frame in the functions' own code.
    let place: SourcePlace?
    /// The functions' files that the crashed thread was in.
    let files: Set<String>
    /// Frames of the crashed thread with a place, innermost first, as `symbol at file:line`.
    let frames: [String]

    /// Reads and removes the report of a process.
    ///
    /// - Returns: nil when the runtime wrote none.
    static func take(of pid: Int32, from folder: String, functionsFolder: String) -> CrashReport? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard let name = names.first(where: { $0.contains("-\(pid)-") && $0.hasSuffix(".json") }) else { return nil }
        let path = "\(folder)/\(name)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard let bytes = FileManager.default.contents(atPath: path), let json = try? JSONValue(parsing: Array(bytes))
        else { return nil }
        return CrashReport(json: json, functionsFolder: functionsFolder)
    }

    /// Reads the runtime's JSON.
    init(json: JSONValue, functionsFolder: String) {
        reason = json["description"]?.string ?? "crash"
        let crashed = json["threads"]?.array?.first { $0["crashed"]?.bool == true } ?? json["threads"]?[0]
        let frames = crashed?["frames"]?.array ?? []
        let places = frames.compactMap { frame -> (symbol: String, place: SourcePlace)? in
            guard let location = frame["sourceLocation"], let file = location["file"]?.string,
                let line = location["line"]?.integer, line > 0
            else { return nil }
            let column = location["column"]?.integer.flatMap { $0 > 0 ? Int($0) : nil }
            let symbol = frame["description"]?.string ?? frame["symbol"]?.string ?? "?"
            return (symbol, SourcePlace(file: file, line: Int(line), column: column))
        }
        let own = places.compactMap { frame -> SourcePlace? in
            guard frame.place.file.hasPrefix(functionsFolder + "/") else { return nil }
            var place = frame.place
            place.file = "functions/" + place.file.dropFirst(functionsFolder.count + 1)
            return place
        }
        place = own.first
        files = Set(own.map(\.file))
        // What called the function is ours, and of no interest to its author.
        let last = places.lastIndex { $0.place.file.hasPrefix(functionsFolder + "/") } ?? places.endIndex - 1
        self.frames = places.prefix(last + 1).map { "\($0.symbol) at \($0.place)" }
    }

    /// The message that the runtime printed before it trapped, as in `Index out of range`.
    static func runtimeMessage(in errorOutput: String) -> String? {
        for line in errorOutput.split(whereSeparator: \.isNewline).reversed() {
            guard let mark = line.firstRange(of: "Fatal error") else { continue }
            let message = line[mark.upperBound...].drop { $0 == ":" || $0 == " " }
            return message.isEmpty ? "Fatal error" : String(message)
        }
        return nil
    }
}
