import Failures
import SystemSupport

extension SourceSnapshot {
    /// Reads every source in the folder, following symbolic links.
    ///
    /// A file that changes while it is read is read again, and a file that is deleted meanwhile is left out. The
    /// caller detects later changes by reading the folder once more.
    ///
    /// - Throws: `toolFailed` when the folder or a file in it cannot be read.
    package static func read(folder: String) throws(PluginBuildError) -> SourceSnapshot {
        guard let root = FileStamp(path: folder), root.kind == .folder else {
            throw .toolFailed(
                Failure(
                    tool: "There is no folder \(folder)",
                    remedy: "Create it: a Swift file in it with a function marked @Exposed is all it takes"))
        }
        var files: [String: File] = [:]
        try read(folder: folder, prefix: "", above: [root.identity], into: &files)
        return SourceSnapshot(files: files)
    }

    /// Whether a file with the given name is a source.
    static func isSource(_ name: String) -> Bool { name.hasSuffix(".swift") && !name.hasSuffix("Tests.swift") }

    private static func read(
        folder: String, prefix: String, above: Set<FileStamp.Identity>, into files: inout [String: File]
    ) throws(PluginBuildError) {
        guard let entries = try Files.entries(of: folder) else { return }
        for entry in entries where !entry.hasPrefix(".") {
            let path = "\(folder)/\(entry)"
            guard let stamp = FileStamp(path: path) else { continue }
            switch stamp.kind {
            case .folder:
                // Following a link back to a folder above would never end.
                guard !above.contains(stamp.identity) else { continue }
                let inside = above.union([stamp.identity])
                try read(folder: path, prefix: "\(prefix)\(entry)/", above: inside, into: &files)
            case .file where isSource(entry):
                guard let (contents, stamp) = try Files.settledContents(of: path) else { continue }
                files[prefix + entry] = File(contents: contents, stamp: stamp)
            default: break
            }
        }
    }
}
