import FoundationEssentials

/// The place of documents that outlive their server: a folder, or a volume of a container engine.
///
/// The two know nothing of each other, so the one that was used first is remembered.
struct KeptDocuments {
    private let place: StorePlace

    init(_ place: StorePlace) {
        self.place = place
    }

    /// The folder in which a `mongod` keeps its files.
    var folder: String { "\(place.keptFolder)/mongod" }
    private var kindFile: String { "\(place.keptFolder)/kind" }
    private var volumeFile: String { "\(place.keptFolder)/volume" }

    /// The kind of server that keeps the documents, `container` or `mongod`, or nil if no documents were kept yet.
    var kind: String? { read(kindFile) }

    /// Remembers the kind of server that keeps the documents, unless one is remembered already.
    ///
    /// - Throws: ``StoreProblem`` if the kind cannot be written to disk, because the documents would not be found
    ///   again.
    func remember(kind: String) throws(StoreProblem) {
        if self.kind == nil { try write(kind, to: kindFile) }
    }

    /// Returns the name of a container's volume, which is the same at each start, even if the machine's name changes.
    ///
    /// - Throws: ``StoreProblem`` if the name cannot be written to disk.
    func volume() throws(StoreProblem) -> String {
        if let name = read(volumeFile) { return name }
        let name = "cloud-functions-\(place.owner)"
        try write(name, to: volumeFile)
        return name
    }

    private func read(_ file: String) -> String? {
        FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    }

    private func write(_ text: String, to file: String) throws(StoreProblem) {
        do {
            try FileManager.default.createDirectory(atPath: place.keptFolder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw .folder(place.keptFolder, "\(error)")
        }
    }
}
