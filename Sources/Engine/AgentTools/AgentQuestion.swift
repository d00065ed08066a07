import FunctionContracts

/// The questions of agents about an app. Their names are valid in every module, whatever functions there are.
enum AgentQuestion: String {
    case listTools = "list-agent-tools"
    case listIssues = "list-agent-tools-issues"
    case appDescription = "app-description"

    /// Creates the question that a call's name asks by its last part, or nil if the name is that of a function.
    init?(_ name: FunctionName) {
        // This is the shortest of the names. With this check, a function's name does not cost a string.
        guard name.text.utf8.count >= Self.appDescription.rawValue.utf8.count else { return nil }
        for question in [Self.listTools, .listIssues, .appDescription] where name.text.hasSuffix(question.rawValue) {
            let module = name.text.utf8.dropLast(question.rawValue.utf8.count)
            guard module.isEmpty || module.last == UInt8(ascii: ".") else { continue }
            self = question
            return
        }
        return nil
    }
}
