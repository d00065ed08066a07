import Foundation

/// A workspace in a folder of its own, which goes with this object.
final class ScratchWorkspace: Sendable {
    /// The workspace's root.
    let folder: String

    /// The functions' folder.
    var functions: String { "\(folder)/functions" }

    /// - Parameters:
    ///   - files: contents by path relative to the root, as in `functions/a.swift`.
    ///   - name: what the folder's name begins with.
    init(_ files: [String: String], named name: String = "workspace") throws {
        folder = FileManager.default.temporaryDirectory.path() + "\(name)-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (path, text) in files { try write(text, to: path) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Writes a file, in place where it is there.
    func write(_ text: String, to path: String) throws {
        let file = URL(filePath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
