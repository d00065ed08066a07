import Foundation

/// A folder for one test, which is removed with this object.
package final class ScratchFolder: Sendable {
    /// The absolute path, without symbolic links.
    package let path: String

    /// Creates a folder.
    ///
    /// - Parameter name: the beginning of the folder's name.
    package init(named name: String = "scratch") throws {
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        path = "\(temporary)/\(name)-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { remove() }

    /// Returns the path of something in the folder.
    package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, in place if it exists, and makes its parent folders.
    package func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    package func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(filePath: self(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Returns the contents of a file, or nil when it does not exist or is still empty.
    package func read(_ name: String) -> String? {
        guard let data = FileManager.default.contents(atPath: self(name)), !data.isEmpty else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// Removes the folder and everything in it, regardless of permissions.
    package func remove() {
        if (try? FileManager.default.removeItem(atPath: path)) != nil { return }
        let all = FileManager.default.enumerator(atPath: path)
        while let name = all?.nextObject() as? String {
            try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: self(name))
        }
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// The path of this package's folder.
package let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().resolvingSymlinksInPath().path

/// Returns the absolute path of something in this package.
package func inPackage(_ path: String) -> String { "\(packageRoot)/\(path)" }
