/// Turns what the compiler and the linker print (`-diagnostic-style llvm`) into diagnostics.
package struct DiagnosticParser: Sendable {
    /// The path as it is to be shown, from the path the tool printed.
    var shown: @Sendable (String) -> String
    /// The source of an object file as it is to be shown, for errors of the linker.
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

    /// The errors and warnings in the order in which they came, each once, their notes attached.
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

    /// A diagnostic while lines that belong to it still come.
    private final class Found {
        var diagnostic: Diagnostic
        /// Whether the next line is the text of the line just named.
        var expectsLine = false
        /// Whether the line just named is that of a note.
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
        // Most lines are source text and carets, and the expressions are slow.
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

    /// The message without what only makes sense to who wrote the macro.
    private static func worded(_ message: Substring) -> String {
        if let match = message.firstMatch(of: /invalid redeclaration of '__exposed(?:As)?_(\w+)'/) {
            return "another function exposed as '\(match.1)' is in this file: give one of them another name, "
                + "as in @Exposed(\"other_name\")"
        }
        return String(message.replacing(/\s\(from macro '\w+ ?'\)$/, with: ""))
    }

    private func add(note: String, at place: Diagnostic.Place?, to collected: inout [Found]) {
        guard let last = collected.last else { return }
        // An error in what a macro made is at a file nobody wrote; the note leads back to the user's line.
        if let file = last.diagnostic.file, Self.isGenerated(file), note.hasPrefix("in expansion of macro"),
            let place, !Self.isGenerated(place.file)
        {
            last.move(to: place)
        } else {
            last.add(Diagnostic.Note(place: place, message: note))
        }
    }

    /// The linker's `>>> defined at file:line (path:line)` and `>>>   object:(section)`.
    private func linkerDefinition(_ line: Substring) -> Diagnostic.Note? {
        guard line.hasPrefix(">>>") else { return nil }
        if let match = line.wholeMatch(of: />>> (defined|referenced) (?:at|by) .*\((\/.+):(\d+)\)/) {
            // Code the compiler makes, such as the C entry of a Swift function, has no place.
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
                // The same mistake seen once more in a macro's copy of the user's code says nothing new.
                if messages.contains(diagnostic.message) { return nil }
                diagnostic.place = nil
            }
            diagnostic.notes = diagnostic.notes.compactMap { note in
                note.place.map { Self.isGenerated($0.file) } ?? false ? nil : note
            }
            // The linker names no place itself, only those of the definitions.
            if diagnostic.place == nil { diagnostic.place = diagnostic.notes.first?.place }
            let key = Diagnostic(diagnostic.severity, diagnostic.message, at: diagnostic.place)
            return seen.insert(key).inserted ? diagnostic : nil
        }
    }

    private static func isGenerated(_ path: String) -> Bool {
        path.contains("swift-generated-sources/") || path.fileName.hasPrefix("@__swiftmacro_")
    }
}
