import SystemSupport
import Glibc

/// A listing of the names in a folder, with their kinds as `readdir(3)` reports them.
enum FolderListing {
    /// Lists a folder, except for `.` and `..`. A kind is nil if the file system does not report it.
    ///
    /// - Throws: a `system` error. A folder that does not exist or is not accessible is not an error, but has no
    ///   names.
    static func names(in folder: String) throws(FileWatchingError) -> [(name: String, kind: FileStamp.Kind?)] {
        guard let stream = unsafe opendir(folder) else {
            switch errno {
            case ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG: return []
            default: throw .system(call: "opendir", path: folder, errno: errno)
            }
        }
        defer { unsafe closedir(stream) }
        var names: [(name: String, kind: FileStamp.Kind?)] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            names.append((name, kind(unsafe Int(entry.pointee.d_type))))
        }
        // If a folder is deleted while it is read, the result is ENOENT.
        guard errno == 0 || errno == ENOENT else { throw .system(call: "readdir", path: folder, errno: errno) }
        return names
    }

    private static func kind(_ type: Int) -> FileStamp.Kind? {
        switch type {
        case Int(DT_UNKNOWN): nil
        case Int(DT_REG): .file
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .link
        default: .other
        }
    }

    /// Returns the target of a link, as it is written in the link, or nil if the path is not a link.
    static func target(ofLink path: String) -> String? {
        unsafe withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { buffer -> String? in
            guard let base = buffer.baseAddress else { return nil }
            let count = unsafe readlink(path, base.assumingMemoryBound(to: CChar.self), buffer.count)
            guard count > 0 else { return nil }
            return unsafe String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}
