package import Values

/// An error in the form in which the command line, HTTP, the log and the console show it.
package struct Failure: Error, Equatable, Sendable {
    package var code: ErrorCode
    /// A sentence for a person that describes the failure.
    package var message: String
    /// A sentence that says how to solve the problem.
    package var remedy: String?
    /// The place of the problem in the user's files.
    package var location: SourcePlace?
    /// Further members of the error object, such as `diagnostics`.
    package var details: JSONObject

    package init(
        _ code: ErrorCode, _ message: String, remedy: String? = nil, location: SourcePlace? = nil,
        details: JSONObject = [:]
    ) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.location = location
        self.details = details
    }

    /// The HTTP status for callers by path. It is that of the code, unless the function's author chose another.
    package var status: Int {
        guard code == .functionThrew, let status = details["status"]?.integer, (400...599).contains(status) else {
            return code.status
        }
        return Int(status)
    }

    /// The failure as the members of an error object: `code`, `message` and, if present, `remedy` and `location`.
    package var json: JSONObject {
        var object: JSONObject = ["code": .string(code.rawValue), "message": .string(message)]
        if let remedy { object["remedy"] = .string(remedy) }
        if let location { object["location"] = .object(location.json) }
        object.merge(details)
        return object
    }

    /// Whether the texts of the failure have more than the given number of bytes, so that it takes time to render.
    package func isLonger(than length: Int) -> Bool {
        var left = length - message.utf8.count - (remedy?.utf8.count ?? 0)
        return left < 0 || !details.isEmpty && !Self.fits(.object(details), in: &left)
    }

    /// Subtracts the length of a value. Stops at the first value that exceeds what is left.
    private static func fits(_ value: JSONValue, in left: inout Int) -> Bool {
        switch value {
        case .null, .bool, .integer, .double: left -= 8
        case .bigInteger(let digits): left -= digits.utf8.count
        case .string(let text): left -= text.utf8.count + 2
        case .array(let elements):
            for element in elements where !fits(element, in: &left) { return false }
        case .object(let members):
            for (key, member) in members {
                left -= key.utf8.count + 4
                guard fits(member, in: &left) else { return false }
            }
        }
        return left >= 0
    }

    /// Creates a failure from the members that ``json`` returns, or nil if `code` or `message` is missing.
    package init?(json: JSONObject) {
        guard let code = json["code"]?.string.flatMap(ErrorCode.init(rawValue:)), let message = json["message"]?.string
        else { return nil }
        self.init(code, message, remedy: json["remedy"]?.string)
        location = json["location"]?.object.flatMap(SourcePlace.init(json:))
        details = json
        for key in ["code", "message", "remedy", "location"] { details[key] = nil }
    }
}

extension Failure {
    /// The failure of calls that are in progress when the emulator stops.
    package static let stopping = Failure(
        .stopping, "The emulator stops", remedy: "Call again once it runs again.")

    /// Returns the failure of calls that come while as many wait as may.
    package static func queueFull(waiting: Int) -> Failure {
        Failure(
            .queueFull, "\(waiting) calls wait already", remedy: "Call again later, or raise WORKERS_MAX or QUEUE_MAX.")
    }

    /// The failure of calls whose caller went away before they ran.
    package static let callerGone = Failure(
        .callerGone, "The connection was closed before the call ran")
}

/// A place in a source file.
package struct SourcePlace: Hashable, Sendable {
    /// The path of the file, relative to the workspace's root if the file lies within it.
    package var file: String
    /// The line, counted from 1.
    package var line: Int
    /// The column, counted from 1, or nil if only the line is known.
    package var column: Int?

    package init(file: String, line: Int, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place as `file`, `line` and, if known, `column`.
    package var json: JSONObject {
        var object: JSONObject = ["file": .string(file), "line": .integer(Int64(line))]
        if let column { object["column"] = .integer(Int64(column)) }
        return object
    }

    package init?(json: JSONObject) {
        guard let file = json["file"]?.string, let line = json["line"]?.integer else { return nil }
        self.init(file: file, line: Int(line), column: json["column"]?.integer.map { Int($0) })
    }
}

extension SourcePlace: CustomStringConvertible {
    /// The place as `file:line` or `file:line:column`.
    package var description: String { "\(file):\(line)" + (column.map { ":\($0)" } ?? "") }
}
