package import Values

/// What went wrong, in the one shape in which command line, HTTP, log and console show it.
package struct Failure: Error, Equatable, Sendable {
    package var code: ErrorCode
    /// What happened, a sentence for a person.
    package var message: String
    /// What to do about it.
    package var remedy: String?
    /// Where in the user's files.
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

    /// The HTTP status for callers by path: that of the code, unless the function's author chose another.
    package var status: Int {
        guard code == .functionThrew, let status = details["status"]?.integer, (400...599).contains(status) else {
            return code.status
        }
        return Int(status)
    }

    /// The failure as the members of an error object: `code`, `message`, and where there is one `remedy` and `location`.
    package var json: JSONObject {
        var object: JSONObject = ["code": .string(code.rawValue), "message": .string(message)]
        if let remedy { object["remedy"] = .string(remedy) }
        if let location { object["location"] = .object(location.json) }
        object.merge(details)
        return object
    }

    /// Reads what ``json`` wrote; nil when `code` or `message` is missing.
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
    /// The failure of calls that the end of the emulator finds.
    package static let stopping = Failure(
        .stopping, "The emulator stops", remedy: "Call again once it runs again.")

    /// The failure of calls whose callers have gone before they ran.
    package static let callerGone = Failure(
        .callerGone, "The connection was closed before the call ran")
}

/// A place in a source file.
package struct SourcePlace: Hashable, Sendable {
    /// Path, relative to the workspace's root where it lies within.
    package var file: String
    /// Line, from 1.
    package var line: Int
    /// Column, from 1; nil when only the line is known.
    package var column: Int?

    package init(file: String, line: Int, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place as `file`, `line` and, where known, `column`.
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
    /// `file:line` or `file:line:column`.
    package var description: String { "\(file):\(line)" + (column.map { ":\($0)" } ?? "") }
}
