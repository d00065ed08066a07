import FunctionContracts

/// What agents ask of an app: names that answer in every module, whatever functions there are.
enum AgentQuestion: String {
    case listTools = "list-agent-tools"
    case listIssues = "list-agent-tools-issues"
    case appDescription = "app-description"

    /// The question that a call's name is, by its last part; nil for a function's name.
    init?(_ name: FunctionName) {
        // The shortest of them, so that a function's name costs no string.
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
