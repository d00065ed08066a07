import Glibc
import SystemSupport
import TestSupport
import Testing

@Suite(.supervised)
struct FileStampTests {
    @Test func tellsFilesFoldersAndLinksApart() throws {
        let scratch = try ScratchFolder(named: "stamp")
        try scratch.write("abc", to: "file")
        #expect(unsafe symlink("file", scratch("link")) == 0)
        let file = try #require(FileStamp(path: scratch("file")))
        #expect(file.kind == .file && file.size == 3)
        #expect(FileStamp(path: scratch.path)?.kind == .folder)
        #expect(FileStamp(path: scratch("link")) == file)
        #expect(FileStamp(path: scratch("link"), following: false)?.kind == .link)
        #expect(FileStamp(path: scratch("nothing")) == nil)
        #expect(FileStamp.isFolder(scratch.path) && !FileStamp.isFolder(scratch("file")))
        let descriptor = unsafe open(scratch("file"), O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        #expect(FileStamp(descriptor: descriptor) == file)
        #expect(FileStamp(descriptor: -1) == nil)
    }

    @Test func theLineChangesWithTheFile() throws {
        let scratch = try ScratchFolder(named: "stamp")
        let path = scratch("file")
        #expect(FileStamp.line(path) == "\(path) missing")
        try scratch.write("abc", to: "file")
        let line = FileStamp.line(path)
        #expect(line.hasPrefix("\(path) 3 ") && FileStamp.line(path) == line)
        try scratch.write("abcd", to: "file")
        #expect(FileStamp.line(path) != line)
    }
}
