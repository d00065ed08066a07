import SwiftSyntax

extension ExposedFunction {
    /// The function's name without backticks.
    var plainName: String { name.plainText }

    /// Returns the JSON object by which a worker describes the function.
    ///
    /// The members are `name`, `exposedAs` (only if it was given), `file`, `line` and `column` (of the name),
    /// `documentation` (only if there is some), `timeoutMilliseconds` and `memoryMegabytes` (only if they were
    /// given), `tool` (only for tools of agents: the attribute's description of the tool), `parameters`, `result`
    /// (only if there is one), `isAsync` and `throws`. A parameter has the members `name` and `type` and, where they
    /// apply, `default` (as source), `defaultKind`, `documentation` and `catchAll`.
    func metadata(at position: SourcePosition) -> String {
        var members = [(key: "name", value: JSONText.string(plainName))]
        if let exposedName {
            members.append(("exposedAs", JSONText.string(exposedName)))
        }
        members.append(("file", JSONText.string(position.file)))
        members.append(("line", "\(position.line)"))
        members.append(("column", "\(position.column)"))
        if !documentation.isEmpty {
            members.append(("documentation", JSONText.string(documentation)))
        }
        if let timeout = limits.timeoutMilliseconds { members.append(("timeoutMilliseconds", "\(timeout)")) }
        if let memory = limits.memoryMegabytes { members.append(("memoryMegabytes", "\(memory)")) }
        if let tool { members.append(("tool", JSONText.object(tool))) }
        members.append(("parameters", JSONText.array(parameters.map(\.metadata))))
        switch result {
        case .none: break
        case .value(let type), .existential(let type):
            members.append(("result", JSONText.string(type.singleLine)))
        }
        members.append(("isAsync", "\(isAsync)"))
        members.append(("throws", "\(canThrow)"))
        return JSONText.object(members)
    }
}

extension ExposedParameter {
    fileprivate var metadata: String {
        var members = [(key: "name", value: JSONText.string(name)), ("type", JSONText.string(type))]
        if let defaultValue {
            members.append(("default", JSONText.string(defaultValue)))
        }
        if let defaultKind {
            members.append(("defaultKind", JSONText.string(defaultKind)))
        }
        if let documentation {
            members.append(("documentation", JSONText.string(documentation)))
        }
        if isCatchAll {
            members.append(("catchAll", "true"))
        }
        return JSONText.object(members)
    }
}
