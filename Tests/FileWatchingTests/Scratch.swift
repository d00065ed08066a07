import Glibc
import TestSupport
import Testing

/// A folder for one test, with operations on its files; it is removed with this object.
final class Scratch: Sendable {
    private let folder: ScratchFolder
    var path: String { folder.path }

    init() throws { folder = try ScratchFolder(named: "file-watching") }

    func callAsFunction(_ name: String) -> String { folder(name) }

    /// Runs a command in the folder and waits for it to end.
    func shell(_ command: String) { Scratch.shell("cd '\(path)' && \(command)") }

    /// Runs a command in a process of its own, waits for it to end, and returns its output.
    @discardableResult static func shell(_ command: String) -> String {
        guard let stream = unsafe popen(command, "r") else { return "" }
        var output: [UInt8] = []
        while case let byte = unsafe fgetc(stream), byte != EOF { output.append(UInt8(truncatingIfNeeded: byte)) }
        unsafe pclose(stream)
        return String(decoding: output, as: UTF8.self)
    }

    /// Makes a folder and its parent folders.
    func makeFolder(_ name: String) {
        var made = path
        for part in name.split(separator: "/") {
            made += "/" + part
            unsafe mkdir(made, 0o777)
        }
    }

    /// Opens, writes and closes a file in a process of its own, so that the file is closed when this returns.
    func write(_ text: String, to name: String) { shell("printf %s '\(text)' > '\(name)'") }

    /// Opens, writes and closes a file quickly.
    ///
    /// For the kernel, the file closes a little later when another thread starts a process in the meantime: the new
    /// process holds all descriptors until it has begun its program.
    func writeAtOnce(_ text: String, to name: String) {
        let file = openFile(name)
        put(text, into: file)
        close(file)
    }

    /// Opens a file for writing.
    func openFile(_ name: String, options: Int32 = O_TRUNC) -> Int32 {
        unsafe open(self(name), O_WRONLY | O_CREAT | O_CLOEXEC | options, 0o666)
    }

    /// Writes to an open file.
    func put(_ text: String, into file: Int32) {
        var bytes = Array(text.utf8)
        _ = unsafe Glibc.write(file, &bytes, bytes.count)
    }

    func move(_ old: String, to new: String) { unsafe rename(self(old), self(new)) }

    func delete(_ name: String) { unsafe unlink(self(name)) }

    /// Makes a symbolic link with that target.
    func link(_ name: String, to target: String) { unsafe symlink(target, self(name)) }
}
