#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The reason that an existing file cannot be read.
struct FileReadingError: Error {
    let message: String
    /// A way to fix the problem, as one sentence.
    let remedy: String
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
            guard code == ENOENT else { throw FileReading.problem(code) }
            guard unsafe lstat(path, &status) == 0 else { return nil }
            throw FileReadingError(
                message: "the file is a link to something that does not exist",
                remedy: "Remove the link or put in place what it points to.")
        }

        deinit {
            if number >= 0 { _ = close(number) }
        }

        borrowing func content() throws(FileReadingError) -> [UInt8] {
            var status = stat()
            guard unsafe fstat(number, &status) == 0 else { throw FileReading.problem(errno) }
            switch status.st_mode & S_IFMT {
            case S_IFREG: break
            case S_IFDIR: throw FileReading.problem(EISDIR)
            default:
                throw FileReadingError(
                    message: "it is not a regular file", remedy: "Put a regular file under this name.")
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
            guard count >= 0 else { throw FileReading.problem(errno) }
            content += chunk.prefix(count)
            return count == 0
        }
    }

    private static func problem(_ code: CInt) -> FileReadingError {
        switch code {
        case EACCES, EPERM:
            FileReadingError(
                message: "the file may not be read (permission denied)",
                remedy: "Give the user who runs this the right to read the file and to enter its folder.")
        case EISDIR:
            FileReadingError(
                message: "it is a folder, not a file", remedy: "Remove the folder, or put a file under this name.")
        default:
            FileReadingError(
                message: unsafe "the file cannot be read (\(String(cString: strerror(code))))",
                remedy: "Make the file readable; it is read again when it changes.")
        }
    }
}
