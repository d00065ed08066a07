import FoundationEssentials

/// Where documents that outlive their server are: in a folder, or in a volume of a container engine's.
///
/// The two know nothing of each other, so what was first is remembered.
struct KeptDocuments {
    private let workspace: WorkspaceFolder

    init(_ workspace: WorkspaceFolder) {
        self.workspace = workspace
    }

    /// The folder of a `mongod`.
    var folder: String { "\(workspace.keptFolder)/mongod" }
    private var kindFile: String { "\(workspace.keptFolder)/kind" }
    private var volumeFile: String { "\(workspace.keptFolder)/volume" }

    /// `container` or `mongod`; nil when no documents were kept yet.
    var kind: String? { read(kindFile) }

    /// Remembers what keeps the documents, unless something does already.
    ///
    /// - Throws: ``StoreProblem`` when it cannot be written down: the documents would not be found again.
    func remember(kind: String) throws(StoreProblem) {
        if self.kind == nil { try write(kind, to: kindFile) }
    }

    /// The name of a container's volume; the same at each start, even where the machine's name changes.
    ///
    /// - Throws: ``StoreProblem`` when it cannot be written down.
    func volume() throws(StoreProblem) -> String {
        if let name = read(volumeFile) { return name }
        let name = "cloud-functions-\(workspace.owner)"
        try write(name, to: volumeFile)
        return name
    }

    private func read(_ file: String) -> String? {
        FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    }

    private func write(_ text: String, to file: String) throws(StoreProblem) {
        do {
            try FileManager.default.createDirectory(atPath: workspace.keptFolder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw .folder(workspace.keptFolder, "\(error)")
        }
    }
}
