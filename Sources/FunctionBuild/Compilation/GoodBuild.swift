import Failures
import SystemSupport
import FoundationEssentials

/// The last build that succeeded: a folder of objects and a record of their sources.
struct GoodBuild: Sendable {
    /// The record that describes the objects.
    private struct Record: Codable {
        var format = GoodBuild.format
        var identity: [String]
        var sources: [String: Data]
        /// The sizes in bytes by file name. A folder that was tampered with or is incomplete is not built upon.
        var sizes: [String: UInt64]
        var warnings: [Diagnostic]
    }

    private static let format = 1
    private static let recordName = "record.json"
    /// The name of the plugin within the folder.
    static let pluginName = "functions.so"

    var identity: [String]
    var snapshot: SourceSnapshot
    var warnings: [Diagnostic]
    private var sizes: [String: UInt64]

    /// Creates a description of the folder in which a build has just finished.
    init(identity: [String], snapshot: SourceSnapshot, warnings: [Diagnostic], folder: String) throws(PluginBuildError)
    {
        self.identity = identity
        self.snapshot = snapshot
        self.warnings = warnings
        sizes = try Self.sizes(in: folder)
    }

    /// Reads the good build in a folder, or returns nil if there is none that can be relied upon.
    static func load(from folder: String) -> GoodBuild? {
        guard let contents = Files.contents(of: "\(folder)/\(recordName)"),
            let record = try? JSONDecoder().decode(Record.self, from: contents), record.format == format
        else { return nil }
        let good = GoodBuild(record: record)
        return good.isIntact(in: folder) ? good : nil
    }

    private init(record: Record) {
        identity = record.identity
        let files = record.sources.mapValues { SourceSnapshot.File(contents: Array($0), stamp: nil) }
        snapshot = SourceSnapshot(files: files)
        warnings = record.warnings
        sizes = record.sizes
    }

    /// Whether every file exists with its recorded size.
    func isIntact(in folder: String) -> Bool {
        sizes.allSatisfy { FileStamp(path: "\(folder)/\($0)")?.size == $1 }
    }

    /// Makes the folder of a finished build the good one, replacing the previous one.
    ///
    /// If this is interrupted at any point, a complete good build is left under one of the two names.
    func commit(from folder: String, layout: BuildLayout) throws(PluginBuildError) {
        let record = Record(
            identity: identity, sources: snapshot.files.mapValues { Data($0.contents) }, sizes: sizes,
            warnings: warnings)
        guard let contents = try? JSONEncoder().encode(record) else { return }
        try Files.write(contents, to: "\(folder)/\(Self.recordName)")
        try Files.remove(layout.replacedFolder)
        if Files.isThere(layout.goodFolder) { try Files.move(layout.goodFolder, to: layout.replacedFolder) }
        try Files.move(folder, to: layout.goodFolder)
        try Files.remove(layout.replacedFolder)
    }

    /// Restores the replaced build if committing the next one was interrupted.
    static func recover(layout: BuildLayout) throws(PluginBuildError) {
        if !Files.isThere(layout.goodFolder), Files.isThere(layout.replacedFolder) {
            try Files.move(layout.replacedFolder, to: layout.goodFolder)
        }
        try Files.remove(layout.replacedFolder)
    }

    private static func sizes(in folder: String) throws(PluginBuildError) -> [String: UInt64] {
        var sizes: [String: UInt64] = [:]
        for entry in try Files.entries(of: folder) ?? [] where entry != recordName {
            guard let stamp = FileStamp(path: "\(folder)/\(entry)"), stamp.kind == .file else { continue }
            sizes[entry] = stamp.size
        }
        return sizes
    }
}
