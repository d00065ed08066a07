import Glibc

/// The names in a folder with what `readdir(3)` tells of their kind.
enum FolderListing {
    /// Lists a folder but for `.` and `..`; kinds are nil where the file system does not tell.
    ///
    /// - Throws: a `system` error. A folder that is not there or may not be read is none: it holds nothing.
    static func names(in folder: String) throws(FileWatchingError) -> [(name: String, kind: FileStamp.Kind?)] {
        guard let stream = unsafe opendir(folder) else {
            switch errno {
            case ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG: return []
            default: throw .system("opendir", path: folder, systemError: errno)
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
        // A folder deleted while it is read reads as ENOENT.
        guard errno == 0 || errno == ENOENT else { throw .system("readdir", path: folder, systemError: errno) }
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

    /// Where a link leads, as it is written in it; nil when the path is no link.
    static func target(ofLink path: String) -> String? {
        unsafe withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { buffer -> String? in
            guard let base = buffer.baseAddress else { return nil }
            let count = unsafe readlink(path, base.assumingMemoryBound(to: CChar.self), buffer.count)
            guard count > 0 else { return nil }
            return unsafe String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}
