import Values

/// The relevant part of a MongoDB server's output while it starts.
struct ServerLog {
    /// The meaning of a line.
    enum Event: Equatable {
        case ready
        case portTaken
        case other
    }

    /// The last problem that the server printed, in its own words, or nil if it printed none.
    private(set) var lastWords: String?
    /// The problem, if a line identifies it for certain.
    private(set) var problem: StoreProblem?

    /// Reads a line of `mongod`, which is JSON, or a line of the container engine or the system.
    mutating func read(_ line: String) -> Event {
        guard let json = try? JSONValue(parsing: line), let message = json["msg"]?.string else {
            return readText(line)
        }
        if message == "Waiting for connections" { return .ready }
        let detail = json["attr"]?["error"].map { $0.string ?? $0["errmsg"]?.string ?? "\($0)" }
        if let severity = json["s"]?.string, "EF".contains(severity) {
            lastWords = [message, detail].compactMap(\.self).joined(separator: ": ")
        }
        return Self.portMessages.contains { detail?.contains($0) == true } ? .portTaken : .other
    }

    private mutating func readText(_ line: String) -> Event {
        // An engine ends its error messages with a reference to its help.
        guard !line.allSatisfy(\.isWhitespace), !line.hasPrefix("Run 'docker ") else { return .other }
        if Self.portMessages.contains(where: line.contains) { return .portTaken }
        lastWords = line
        if let match = line.firstMatch(of: /error while loading shared libraries: ([^:]+):/) {
            problem = .missingLibrary(String(match.1), line)
        } else if line.contains(/GLIBC\S* not found/) {
            problem = .systemTooOld(line)
        } else if line.contains("Illegal instruction") || line.contains("requires a CPU with AVX") {
            problem = .unsupportedProcessor(line)
        } else if line.contains("already in use") {
            problem = .nameTaken(line)
        }
        return .other
    }

    private static let portMessages = ["Address already in use", "address already in use", "port is already allocated"]
}
