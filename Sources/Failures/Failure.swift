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
    /// The last output of the tool that failed, if a tool failed.
    package var cause: String?
    package var details: Details

    package init(
        _ code: ErrorCode, _ message: String, remedy: String? = nil, location: SourcePlace? = nil,
        cause: String? = nil, details: Details = .none
    ) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.location = location
        self.cause = cause
        self.details = details
    }

    /// The HTTP status for callers by path. It is that of the code, unless the function's author chose another.
    package var status: Int {
        guard code == .functionThrew, case .function(let status, _) = details, (400...599).contains(status) else {
            return code.status
        }
        return status
    }

    /// The failure as the members of an error object: `code`, `message` and, if present, `remedy`, `location`, those of
    /// the ``details``, and the cause as `output`.
    package var json: JSONObject {
        var object: JSONObject = ["code": .string(code.rawValue), "message": .string(message)]
        if let remedy { object["remedy"] = .string(remedy) }
        if let location { object["location"] = .object(location.json) }
        object.merge(details.json)
        if let cause { object["output"] = .string(cause) }
        return object
    }

    /// Whether the texts of the failure have more than the given number of bytes, so that it takes time to render.
    package func isLonger(than length: Int) -> Bool {
        [message, remedy, cause].compactMap(\.self).reduce(details.length) { $0 + $1.utf8.count } > length
    }

    /// Creates a failure from the members that ``json`` returns, or nil if `code` or `message` is missing.
    package init?(json: JSONObject) {
        guard let code = json["code"]?.string.flatMap(ErrorCode.init(rawValue:)), let message = json["message"]?.string
        else { return nil }
        self.init(
            code, message, remedy: json["remedy"]?.string,
            location: json["location"]?.object.flatMap(SourcePlace.init(json:)), cause: json["output"]?.string,
            details: Details(json: json))
    }
}

extension Failure: CustomStringConvertible {
    /// The message and the remedy, as the command line shows them.
    package var description: String { remedy.map { "\(message). \($0)" } ?? message }
}

extension Failure {
    /// The failure of calls that are in progress when the emulator stops.
    package static let stopping = Failure(
        .stopping, "The emulator stops", remedy: "Call again once it runs again.")

    /// Returns the failure of calls that arrive while the largest permitted number of calls is waiting.
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
