import SystemSupport
import Glibc

extension Files {
    /// Copies the files of a folder, without the folders in it.
    ///
    /// Modification times are kept, because the compiler's driver compares them.
    static func copyFiles(of folder: String, to target: String) throws(PluginBuildError) {
        try makeFolder(target)
        for entry in try entries(of: folder) ?? [] where FileStamp(path: "\(folder)/\(entry)")?.kind == .file {
            try copy("\(folder)/\(entry)", to: "\(target)/\(entry)")
        }
    }

    /// Copies a file with its modification time and permissions to a path that must not exist yet.
    static func copy(_ path: String, to target: String) throws(PluginBuildError) {
        let source = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw .file("read", path, lastError()) }
        defer { close(source) }
        var status = stat()
        guard unsafe fstat(source, &status) == 0 else { throw .file("read", path, lastError()) }
        let copy = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status.st_mode & 0o777)
        guard copy >= 0 else { throw .file("write", target, lastError()) }
        defer { close(copy) }
        guard let contents = readAll(source, expected: Int(status.st_size)) else {
            throw .file("read", path, lastError())
        }
        guard writeAll(contents, to: copy) else { throw .file("write", target, lastError()) }
        let times = [status.st_atim, status.st_mtim]
        guard unsafe futimens(copy, times) == 0 else { throw .file("write", target, lastError()) }
    }

    private static func writeAll(_ contents: [UInt8], to file: CInt) -> Bool {
        var written = 0
        while written < contents.count {
            let count = unsafe contents.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                return unsafe Glibc.write(file, rest.baseAddress, rest.count)
            }
            guard count > 0 || errno == EINTR else { return false }
            written += max(count, 0)
        }
        return true
    }
}
