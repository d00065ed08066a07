import SystemSupport
import FoundationEssentials
import Glibc

/// The file operations of a build, with errors that name the path.
enum Files {
    /// Returns the names in a folder, sorted, or nil if there is no such folder.
    static func entries(of folder: String) throws(PluginBuildError) -> [String]? {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            guard FileStamp(path: folder)?.kind == .folder else { return nil }
            throw .file("list", folder, "\(error)")
        }
    }

    /// Creates a folder and its parents. A folder that already exists is not an error.
    static func makeFolder(_ path: String) throws(PluginBuildError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch { throw .file("create the folder", path, "\(error)") }
    }

    /// Removes a file, or a folder with its contents. A path that does not exist is not an error.
    static func remove(_ path: String) throws(PluginBuildError) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            guard isThere(path) else { return }
            throw .file("remove", path, "\(error)")
        }
    }

    /// Moves a file or folder in one step, replacing another of its kind.
    static func move(_ path: String, to target: String) throws(PluginBuildError) {
        guard unsafe rename(path, target) == 0 else { throw .file("rename", path, lastError()) }
    }

    /// Gives a file a second name in one step, replacing a file of that name.
    static func link(_ path: String, to target: String) throws(PluginBuildError) {
        let temporary = target + ".new"
        try remove(temporary)
        if unsafe Glibc.link(path, temporary) != 0 { try copy(path, to: temporary) }
        try move(temporary, to: target)
    }

    /// Writes a file in one step, so that a reader never finds half of it.
    static func write(_ contents: some Sequence<UInt8>, to path: String) throws(PluginBuildError) {
        let temporary = path + ".new"
        do {
            try Data(contents).write(to: URL(filePath: temporary))
        } catch { throw .file("write", path, "\(error)") }
        try move(temporary, to: path)
    }

    /// Returns the contents of a file, or nil if it cannot be read.
    static func contents(of path: String) -> Data? { FileManager.default.contents(atPath: path) }

    /// Returns the lines of a text file, or nil if it cannot be read.
    static func lines(of path: String) -> [String]? {
        contents(of: path).map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
    }

    /// Returns the contents of a file and its stamp, read while nobody wrote to it, or nil if the file is gone.
    static func settledContents(of path: String) throws(PluginBuildError) -> ([UInt8], FileStamp)? {
        var result: ([UInt8], FileStamp)?
        // A file that is written all the time is caught by the comparison after the build.
        for _ in 0..<10 {
            let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else {
                if errno == ENOENT { return nil }
                throw .file("read", path, lastError())
            }
            defer { close(file) }
            guard let before = FileStamp(descriptor: file), let contents = readAll(file, expected: Int(before.size)),
                let after = FileStamp(descriptor: file)
            else { throw .file("read", path, lastError()) }
            result = (contents, after)
            if before == after, Int64(contents.count) == after.size { break }
        }
        return result
    }

    /// Whether the path exists, even as a dangling link.
    static func isThere(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    static func lastError() -> String { unsafe String(cString: strerror(errno)) }

    /// Returns everything in an open file, or nil if reading fails.
    static func readAll(_ file: CInt, expected: Int) -> [UInt8]? {
        var contents: [UInt8] = []
        var failed = false
        while true {
            let size = max(expected - contents.count, 0) + 4096
            let part = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                var got = unsafe read(file, buffer.baseAddress, size)
                while got < 0, errno == EINTR { got = unsafe read(file, buffer.baseAddress, size) }
                failed = got < 0
                count = max(got, 0)
            }
            if failed { return nil }
            if part.isEmpty { return contents }
            contents += part
        }
    }
}
