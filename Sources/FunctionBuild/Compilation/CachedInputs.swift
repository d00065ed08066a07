import FoundationEssentials

/// Compile inputs kept on disk, with the stamps of the files they were taken from.
struct CachedInputs: Codable {
    var key: [String]
    var inputs: CompileInputs

    /// Reads the inputs from disk, or returns nil if they cannot be used.
    static func load(from path: String) -> CachedInputs? {
        Files.contents(of: path).flatMap { try? JSONDecoder().decode(CachedInputs.self, from: $0) }
    }

    /// Writes the inputs to disk.
    func save(to path: String) throws(PluginBuildError) {
        guard let contents = try? JSONEncoder().encode(self) else { return }
        try Files.makeFolder(path.parentFolder)
        try Files.write(contents, to: path)
    }
}
