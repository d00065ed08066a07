import Failures
import Glibc

/// A new file that is written through a buffer of the C library.
@safe struct NewTextFile: ~Copyable {
    private let path: String
    private var file: UnsafeMutablePointer<FILE>?

    init(_ path: String) throws(Failure) {
        self.path = path
        unsafe file = fopen(path, "we")
        if unsafe file == nil { throw problem() }
    }

    deinit {
        if let file = unsafe file { unsafe fclose(file) }
    }

    func write(line: String) throws(Failure) {
        var line = line + "\n"
        let isWritten = line.withUTF8 { unsafe fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
        if !isWritten { throw problem() }
    }

    /// Writes the rest of the buffer, and closes the file.
    mutating func close() throws(Failure) {
        guard let open = unsafe file else { return }
        unsafe file = nil
        if unsafe fclose(open) != 0 { throw problem() }
    }

    private func problem() -> Failure {
        .storeData(path, "cannot be written: \(unsafe String(cString: strerror(errno)))")
    }
}
