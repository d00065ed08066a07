package import Values

extension Failure {
    /// The facts about a failure that programs use. Each kind of failure has its own.
    ///
    /// They are stored apart, because most outcomes have no failure and are copied often.
    package indirect enum Details: Equatable, Sendable {
        case none
        /// The HTTP status and the code that a function's author chose.
        case function(status: Int, code: String)
        /// The arguments that do not fit a tool's schema.
        case violations([Violation])
        /// MongoDB's name of the error, and the writes that it refused.
        case documentStore(codeName: String?, writeErrors: [WriteError])
        /// The errors and warnings of a build.
        case build([Diagnostic])
        /// The names that are most similar to one that does not exist.
        case nearest([String])
        /// The methods that are allowed, separated by commas.
        case allowedMethods(String)
    }

    /// An argument that does not fit a schema.
    package struct Violation: Equatable, Sendable {
        /// The place within the arguments, as in `points[2].x`.
        package var path: String
        package var message: String

        package init(path: String, message: String) {
            self.path = path
            self.message = message
        }
    }

    /// A write that MongoDB refused.
    package struct WriteError: Equatable, Sendable {
        /// The place of the write among those of its operation, starting at 0.
        package var index: Int
        package var code: Int
        package var message: String

        package init(index: Int, code: Int, message: String) {
            self.index = index
            self.code = code
            self.message = message
        }
    }
}

extension Failure.Details {
    /// The errors and warnings of a build.
    package var diagnostics: [Diagnostic] { if case .build(let diagnostics) = self { diagnostics } else { [] } }

    /// The members of the error object.
    package var json: JSONObject {
        switch self {
        case .none: return [:]
        case .function(let status, let code): return ["status": .integer(Int64(status)), "functionCode": .string(code)]
        case .violations(let violations):
            let list = violations.map { JSONValue.object(["path": .string($0.path), "message": .string($0.message)]) }
            return ["violations": .array(list)]
        case .documentStore(let codeName, let writeErrors):
            var object: JSONObject = [:]
            object["codeName"] = codeName.map(JSONValue.string)
            if !writeErrors.isEmpty { object["writeErrors"] = .array(writeErrors.map(\.json)) }
            return object
        case .build(let diagnostics): return ["diagnostics": .array(diagnostics.map(\.json))]
        case .nearest(let names): return ["nearest": .array(names.map(JSONValue.string))]
        case .allowedMethods(let methods): return ["allow": .string(methods)]
        }
    }

    /// Creates the details from the members that ``json`` returns, except for those of a build, which no process sends
    /// to another.
    init(json: JSONObject) {
        if let status = json["status"]?.integer, let code = json["functionCode"]?.string {
            self = .function(status: Int(status), code: code)
        } else if let violations = json["violations"]?.array {
            self = .violations(violations.compactMap(Failure.Violation.init(json:)))
        } else if json["codeName"] != nil || json["writeErrors"] != nil {
            self = .documentStore(
                codeName: json["codeName"]?.string,
                writeErrors: (json["writeErrors"]?.array ?? []).compactMap(Failure.WriteError.init(json:)))
        } else if let nearest = json["nearest"]?.array {
            self = .nearest(nearest.compactMap(\.string))
        } else if let methods = json["allow"]?.string {
            self = .allowedMethods(methods)
        } else {
            self = .none
        }
    }

    /// The length of the texts, in bytes.
    var length: Int {
        switch self {
        case .none: 0
        case .function(_, let code): code.utf8.count
        case .violations(let violations): violations.reduce(0) { $0 + $1.path.utf8.count + $1.message.utf8.count }
        case .documentStore(_, let writeErrors): writeErrors.reduce(0) { $0 + $1.message.utf8.count }
        case .build(let diagnostics): diagnostics.reduce(0) { $0 + $1.length }
        case .nearest(let names): names.reduce(0) { $0 + $1.utf8.count }
        case .allowedMethods(let methods): methods.utf8.count
        }
    }
}

extension Failure.Violation {
    fileprivate init?(json: JSONValue) {
        guard let path = json["path"]?.string, let message = json["message"]?.string else { return nil }
        self.init(path: path, message: message)
    }
}

extension Failure.WriteError {
    fileprivate var json: JSONValue {
        ["index": .integer(Int64(index)), "code": .integer(Int64(code)), "message": .string(message)]
    }

    fileprivate init?(json: JSONValue) {
        guard let index = json["index"]?.integer, let code = json["code"]?.integer,
            let message = json["message"]?.string
        else { return nil }
        self.init(index: Int(index), code: Int(code), message: message)
    }
}
