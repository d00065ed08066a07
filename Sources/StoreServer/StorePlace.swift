/// The folders and the programs of a workspace's document store. All paths are absolute.
package struct StorePlace: Sendable {
    /// The folder of the package that the emulator was built from. `mongod` is installed into it.
    let packageRoot: String
    /// The folders to look for programs in, as in the variable PATH.
    let searchPath: String
    /// The variables that tools get in addition to those of this process.
    let environment: [String: String]
    /// The folder in which servers keep their files while they run. Each server has a folder of its own, because one
    /// may start while another is being ended.
    let folder: String
    /// The folder for documents that outlive their server.
    let keptFolder: String
    /// A text that identifies the workspace and is the same at each start.
    let owner: String

    package init(
        packageRoot: String, searchPath: String, environment: [String: String], folder: String, keptFolder: String,
        owner: String
    ) {
        self.packageRoot = packageRoot
        self.searchPath = searchPath
        self.environment = environment
        self.folder = folder
        self.keptFolder = keptFolder
        self.owner = owner
    }
}

/// The terminal on which the progress of a document store is shown.
package protocol StoreConsole: Sendable {
    /// Shows a line.
    func show(_ text: String)
    /// Warns that something may be wrong.
    func warn(_ text: String)
    /// Reports that a step is complete, and the time that it took.
    func step(_ what: String, _ duration: Duration)
}
