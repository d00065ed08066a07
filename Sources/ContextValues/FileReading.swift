import Glibc

/// The reason that an existing file cannot be read.
enum FileReadingError: Error {
    case danglingLink
    case notRegular
    /// The system refuses, with this `errno`.
    case refused(CInt)

    var message: String {
        switch self {
        case .danglingLink: "the file is a link to something that does not exist"
        case .notRegular: "it is not a regular file"
        case .refused(EACCES), .refused(EPERM): "the file may not be read (permission denied)"
        case .refused(EISDIR): "it is a folder, not a file"
        case .refused(let code): unsafe "the file cannot be read (\(String(cString: strerror(code))))"
        }
    }

    /// A way to fix the problem, as one sentence.
    var remedy: String {
        switch self {
        case .danglingLink: "Remove the link or put in place what it points to."
        case .notRegular: "Put a regular file under this name."
        case .refused(EACCES), .refused(EPERM):
            "Give the user who runs this the right to read the file and to enter its folder."
        case .refused(EISDIR): "Remove the folder, or put a file under this name."
        case .refused: "Make the file readable; it is read again when it changes."
        }
    }
}

/// The reading of regular files with `open(2)`, `fstat(2)` and `read(2)`.
enum FileReading {
    /// Returns the content of the file at a path, or nil if nothing exists there.
    ///
    /// - Throws: `FileReadingError`, also for a link to nothing and for anything that is not a regular file.
    static func bytes(at path: String) throws(FileReadingError) -> [UInt8]? {
        guard let descriptor = try Descriptor(path) else { return nil }
        return try descriptor.content()
    }

    /// An open file, which is closed when this value ends.
    private struct Descriptor: ~Copyable {
        private let number: CInt

        init?(_ path: String) throws(FileReadingError) {
            // Without O_NONBLOCK, opening a named pipe waits for a writer.
            number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            if number >= 0 { return }
            let code = errno
            var status = stat()
            guard code == ENOENT else { throw .refused(code) }
            guard unsafe lstat(path, &status) == 0 else { return nil }
            throw .danglingLink
        }

        deinit {
            if number >= 0 { _ = close(number) }
        }

        borrowing func content() throws(FileReadingError) -> [UInt8] {
            var status = stat()
            guard unsafe fstat(number, &status) == 0 else { throw .refused(errno) }
            switch status.st_mode & S_IFMT {
            case S_IFREG: break
            case S_IFDIR: throw .refused(EISDIR)
            default:
                throw .notRegular
            }
            var content: [UInt8] = []
            while try !readChunk(onto: &content) {}
            return content
        }

        /// Appends the next chunk of the file, and returns true at the end of the file.
        private borrowing func readChunk(onto content: inout [UInt8]) throws(FileReadingError) -> Bool {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            var count = 0
            repeat {
                count = unsafe read(number, &chunk, chunk.count)
            } while count < 0 && errno == EINTR
            guard count >= 0 else { throw .refused(errno) }
            content += chunk.prefix(count)
            return count == 0
        }
    }
}
