import TestSupport

/// A workspace in a folder of its own, which goes with this object.
final class ScratchWorkspace: Sendable {
    private let scratch: ScratchFolder

    /// The workspace's root.
    var folder: String { scratch.path }

    /// The functions' folder.
    var functions: String { scratch("functions") }

    /// - Parameters:
    ///   - files: contents by path relative to the root, as in `functions/a.swift`.
    ///   - name: what the folder's name begins with.
    init(_ files: [String: String], named name: String = "workspace") throws {
        scratch = try ScratchFolder(named: name)
        for (path, text) in files { try write(text, to: path) }
    }

    /// Writes a file, in place where it is there.
    func write(_ text: String, to path: String) throws { try scratch.write(text, to: path) }

    /// The contents of a file; nil when it is not there or still empty.
    func read(_ path: String) -> String? { scratch.read(path) }
}
