package import Failures

/// A parser for the output of the compiler and the linker (`-diagnostic-style llvm`).
package struct DiagnosticParser: Sendable {
    /// Turns a path that the tool printed into the path that is shown to the user.
    var shown: @Sendable (String) -> String
    /// Turns the path of an object file in an error of the linker into the path of its source that is shown to the
    /// user.
    var source: @Sendable (_ object: String) -> String?

    /// Creates a parser that shows paths inside the workspace relative to its root.
    package init(layout: BuildLayout) {
        shown = { layout.shown($0) }
        source = { _ in nil }
    }

    init(shown: @escaping @Sendable (String) -> String, source: @escaping @Sendable (String) -> String?) {
        self.shown = shown
        self.source = source
    }

    /// Returns the errors and warnings in the order of the output, each once and with its notes.
    package func diagnostics(in output: String) -> [Diagnostic] {
        var collected: [Found] = []
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            if let (severity, message, place) = header(line) {
                switch severity {
                case .note: add(note: message, at: place, to: &collected)
                case .error, .warning: collected.append(Found(diagnostic: Diagnostic(severity, message, at: place)))
                }
                collected.last?.expectsLine = place != nil
            } else if let found = collected.last {
                if let definition = linkerDefinition(line) {
                    found.add(definition)
                } else if found.expectsLine {
                    found.set(sourceLine: String(line))
                }
                found.expectsLine = false
            }
        }
        return finished(collected)
    }

    /// A diagnostic whose lines are still being read.
    private final class Found {
        var diagnostic: Diagnostic
        /// Whether the next line is the text of the line that was just named.
        var expectsLine = false
        /// Whether the line that was just named belongs to a note.
        private var isInNote = false

        init(diagnostic: Diagnostic) { self.diagnostic = diagnostic }

        func add(_ note: Diagnostic.Note) {
            isInNote = true
            diagnostic.notes.append(note)
        }

        func move(to place: Diagnostic.Place) {
            isInNote = false
            diagnostic.place = place
        }

        func set(sourceLine: String) {
            if isInNote {
                diagnostic.notes[diagnostic.notes.count - 1].place?.sourceLine = sourceLine
            } else {
                diagnostic.place?.sourceLine = sourceLine
            }
        }
    }

    private func header(_ text: Substring) -> (Diagnostic.Severity, String, Diagnostic.Place?)? {
        // Most lines are source text and carets, and the regular expressions are slow.
        guard text.contains("error: ") || text.contains("warning: ") || text.contains("note: ") else { return nil }
        if let match = text.wholeMatch(of: /(.+?):(\d+):(\d+): (error|warning|note): (.*)/) {
            guard let severity = Diagnostic.Severity(rawValue: String(match.4)) else { return nil }
            let path = shown(String(match.1))
            let place = Diagnostic.Place(file: path, line: Int(match.2), column: Int(match.3))
            return (severity, Self.worded(match.5), place)
        }
        let placeless = /(?:<unknown>:0: |ld\.lld: |swiftc: |swift-driver: )?(error|warning|note): (.*)/
        guard let match = text.wholeMatch(of: placeless), let severity = Diagnostic.Severity(rawValue: String(match.1))
        else { return nil }
        return (severity, Self.worded(match.2), nil)
    }

    /// Returns the message without details that only the macro's author understands.
    private static func worded(_ message: Substring) -> String {
        if let match = message.firstMatch(of: /invalid redeclaration of '__exposed(?:As)?_(\w+)'/) {
            return "another function exposed as '\(match.1)' is in this file: give one of them another name, "
                + "as in @Exposed(\"other_name\")"
        }
        return String(message.replacing(/\s\(from macro '\w+ ?'\)$/, with: ""))
    }

    private func add(note: String, at place: Diagnostic.Place?, to collected: inout [Found]) {
        guard let last = collected.last else { return }
        // An error in code that a macro made is in a file that nobody wrote. The note leads back to the user's line.
        if let file = last.diagnostic.file, Self.isGenerated(file), note.hasPrefix("in expansion of macro"),
            let place, !Self.isGenerated(place.file)
        {
            last.move(to: place)
        } else {
            last.add(Diagnostic.Note(place: place, message: note))
        }
    }

    /// Parses the linker's lines `>>> defined at file:line (path:line)` and `>>>   object:(section)`.
    private func linkerDefinition(_ line: Substring) -> Diagnostic.Note? {
        guard line.hasPrefix(">>>") else { return nil }
        if let match = line.wholeMatch(of: />>> (defined|referenced) (?:at|by) .*\((\/.+):(\d+)\)/) {
            // Code that the compiler makes, such as the C entry point of a Swift function, has no place.
            guard !match.2.contains("<compiler-generated>") else { return nil }
            let place = Diagnostic.Place(file: shown(String(match.2)), line: Int(match.3))
            return Diagnostic.Note(place: place, message: "\(match.1) here")
        }
        if let match = line.wholeMatch(of: />>>\s+(.+\.o):\(.*\)/), let file = source(String(match.1)) {
            return Diagnostic.Note(place: Diagnostic.Place(file: file), message: "in this file")
        }
        return nil
    }

    private func finished(_ collected: [Found]) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        let placed = collected.map(\.diagnostic).filter { $0.place.map { !Self.isGenerated($0.file) } ?? true }
        let messages = Set(placed.map(\.message))
        return collected.compactMap { found in
            var diagnostic = found.diagnostic
            if let file = diagnostic.file, Self.isGenerated(file) {
                // The same mistake in a macro's copy of the user's code says nothing new.
                if messages.contains(diagnostic.message) { return nil }
                diagnostic.place = nil
            }
            diagnostic.notes = diagnostic.notes.compactMap { note in
                note.place.map { Self.isGenerated($0.file) } ?? false ? nil : note
            }
            // The linker names no place of its own, only those of the definitions.
            if diagnostic.place == nil { diagnostic.place = diagnostic.notes.first?.place }
            let key = Diagnostic(diagnostic.severity, diagnostic.message, at: diagnostic.place)
            return seen.insert(key).inserted ? diagnostic : nil
        }
    }

    private static func isGenerated(_ path: String) -> Bool {
        path.contains("swift-generated-sources/") || path.fileName.hasPrefix("@__swiftmacro_")
    }
}
