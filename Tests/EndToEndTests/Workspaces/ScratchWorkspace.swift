import TestSupport

/// A workspace in a folder of its own, which is removed with this object.
final class ScratchWorkspace: Sendable {
    private let scratch: ScratchFolder

    /// The workspace's root.
    var folder: String { scratch.path }

    /// The functions' folder.
    var functions: String { scratch("functions") }

    /// Creates a workspace.
    ///
    /// - Parameters:
    ///   - files: the contents by path relative to the root, such as `functions/a.swift`.
    ///   - name: the beginning of the folder's name.
    init(_ files: [String: String], named name: String = "workspace") throws {
        scratch = try ScratchFolder(named: name)
        for (path, text) in files { try write(text, to: path) }
    }

    /// Writes a file, in place if it exists.
    func write(_ text: String, to path: String) throws { try scratch.write(text, to: path) }

    /// Returns the contents of a file, or nil when it does not exist or is still empty.
    func read(_ path: String) -> String? { scratch.read(path) }
}
