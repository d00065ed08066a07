import Foundation

/// A folder of its own for one test, which goes with this object.
package final class ScratchFolder: Sendable {
    /// An absolute path without links in it.
    package let path: String

    /// - Parameter name: The beginning of the folder's name.
    package init(named name: String = "scratch") throws {
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        path = "\(temporary)/\(name)-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { remove() }

    /// The path of something in the folder.
    package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, in place where it exists, and makes the folders above it.
    package func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    package func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(filePath: self(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// The contents of a file; nil when it is not there or still empty.
    package func read(_ name: String) -> String? {
        guard let data = FileManager.default.contents(atPath: self(name)), !data.isEmpty else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// Removes the folder with all that is in it, whatever its permissions are.
    package func remove() {
        if (try? FileManager.default.removeItem(atPath: path)) != nil { return }
        let all = FileManager.default.enumerator(atPath: path)
        while let name = all?.nextObject() as? String {
            try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: self(name))
        }
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// The folder of this package.
package let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().resolvingSymlinksInPath().path

/// The absolute path of something in this package.
package func inPackage(_ path: String) -> String { "\(packageRoot)/\(path)" }
