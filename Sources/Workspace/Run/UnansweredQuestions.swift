import FoundationEssentials
import Values

/// The questions of functions that the API's stub could not answer. Workers keep each question as a file that a stub
/// can take.
struct UnansweredQuestions {
    private let workspace: WorkspaceFolder

    init(_ workspace: WorkspaceFolder) {
        self.workspace = workspace
    }

    /// Removes the questions of an earlier run, except those into which an answer was written.
    func remove() {
        for (path, json) in questions where json?["answer"]?.isNull ?? true {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    private var questions: [(path: String, json: JSONValue?)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: workspace.unansweredFolder)) ?? []
        return names.sorted().map { name in
            let path = "\(workspace.unansweredFolder)/\(name)"
            return (path, FileManager.default.contents(atPath: path).flatMap { try? JSONValue(parsing: Array($0)) })
        }
    }

    /// Lists the questions for the developer.
    ///
    /// - Parameter stub: the folder of the stub, or nil if there was none.
    func list(on terminal: Terminal, stub: String?) {
        let questions = questions
        guard let stub, !questions.isEmpty else { return }
        terminal.show("The API's stub had no answer to:")
        for (path, json) in questions {
            terminal.show("  \(json?["method"]?.string ?? "?") \(json?["rel"]?.string ?? "?")  \(path)")
        }
        terminal.show("Write the answers into these files, and move them to \(stub).")
    }
}
