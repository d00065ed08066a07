import Values

/// What a MongoDB server prints while it starts, as far as it matters.
struct ServerLog {
    /// What a line means.
    enum Event: Equatable {
        case ready
        case portTaken
        case other
    }

    /// Why the server did not start, in its own words, as far as it said.
    private(set) var reason: String?

    /// Takes a line of `mongod`'s, which is JSON, or of the container engine's.
    mutating func read(_ line: String) -> Event {
        guard let json = try? JSONValue(parsing: line), let message = json["msg"]?.string else {
            if !line.allSatisfy(\.isWhitespace) { reason = line }
            return Self.portMessages.contains { line.contains($0) } ? .portTaken : .other
        }
        if message == "Waiting for connections" { return .ready }
        let detail = json["attr"]?["error"].map { $0.string ?? $0["errmsg"]?.string ?? "\($0)" }
        if let severity = json["s"]?.string, "EF".contains(severity) {
            reason = [message, detail].compactMap(\.self).joined(separator: ": ")
        }
        return Self.portMessages.contains { detail?.contains($0) == true } ? .portTaken : .other
    }

    private static let portMessages = ["Address already in use", "address already in use", "port is already allocated"]
}
