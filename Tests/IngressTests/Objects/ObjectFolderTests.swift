import Failures
import Foundation
import TestSupport
import Testing

@testable import Ingress

@Suite(.supervised)
struct ObjectFolderTests {
    private let scratch: ScratchFolder
    private let folder: ObjectFolder

    init() throws {
        scratch = try ScratchFolder(named: "objects")
        folder = ObjectFolder(root: scratch("objects"), company: "c")
    }

    private func path(_ text: String) throws -> ObjectPath { try #require(ObjectPath(text)) }

    private func store(_ text: String, at path: String, in folder: ObjectFolder? = nil) throws -> StoredObject {
        try (folder ?? self.folder)
            .store(Array(text.utf8), name: "\(text).txt", contentType: "text/plain", at: self.path(path))
    }

    private func link(_ name: String, to target: String) throws {
        let parent = URL(filePath: scratch(name)).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: scratch(name), withDestinationPath: scratch(target))
    }

    /// Writes an object with a date in January 2026.
    private func write(_ id: String, at path: String, day: Int) throws {
        let date = "2026-01-0\(day)T00:00:00Z"
        let record = """
            {"publicId":"\(id)","name":"one.txt","path":"\(path)/","size":3,"contentType":"text/plain",\
            "createdOn":"\(date)","changedOn":"\(date)"}
            """
        try scratch.write(record, to: "objects/c/\(path)/\(id)/.object.json")
        try scratch.write("one", to: "objects/c/\(path)/\(id)/one.txt")
    }

    @Test func listsWhatIsBelowAPathTheOldestFirst() throws {
        try write("second", at: "a", day: 2)
        try write("third", at: "a/b/c", day: 2)
        try write("zero", at: "a/b", day: 1)
        try write("other", at: "b", day: 1)
        #expect(try folder.list(path("a")).map(\.publicId) == ["zero", "second", "third"])
        #expect(try folder.list(path("a/b")).map(\.path) == ["a/b/", "a/b/c/"])
        #expect(try folder.list(path("none")).isEmpty)
    }

    @Test func anObjectIsReadReplacedAndDeletedBelowItsPathOnly() throws {
        let id = "x"
        try write(id, at: "a", day: 1)
        #expect(try folder.read(id, below: path("a")).bytes == Array("one".utf8))
        let replaced = try folder.replace(id, below: path("a"), with: [1, 2], name: "two", contentType: "x/y")
        #expect(replaced.size == 2 && replaced.name == "two" && replaced.contentType == "x/y")
        let read = try folder.read(id, below: path(""))
        #expect(read.bytes == [1, 2])
        #expect(read.object.changedOn > read.object.createdOn)
        #expect(scratch.read("objects/c/a/\(id)/one.txt") == nil, "the bytes under the old name")
        #expect(throws: Failure.self) { try folder.read(id, below: path("b")) }
        #expect(throws: Failure.self) { try folder.delete(id, below: path("b")) }
        try folder.delete(id, below: path("a"))
        let error = #expect(throws: Failure.self) { try folder.read(id, below: path("a")) }
        #expect(error?.code == .objectNotFound)
    }

    @Test func aLinkInPlaceOfTheCompanysFolderIsNotFollowed() throws {
        let other = ObjectFolder(root: scratch("objects"), company: "other")
        let id = try store("secret", at: "a", in: other).publicId
        try link("objects/c", to: "objects/other")
        let all: [() throws -> Void] = [
            { _ = try folder.list(path("a")) }, { _ = try folder.list(path("")) },
            { _ = try folder.read(id, below: path("a")) }, { _ = try store("x", at: "a") },
            { _ = try folder.replace(id, below: path("a"), with: [], name: nil, contentType: "x/y") },
            { try folder.delete(id, below: path("a")) },
        ]
        for attempt in all {
            let error = #expect(throws: Failure.self) { try attempt() }
            #expect(error?.code == .objectAccessDenied)
        }
        #expect(try other.list(path("")).map(\.publicId) == [id])
    }

    @Test func aLinkInAListedFolderIsNotFollowed() throws {
        let own = try store("own", at: "a").publicId
        let other = try store("other", at: "b").publicId
        try link("objects/c/a/link", to: "objects/c/b")
        try link("objects/c/a/\(other)", to: "objects/c/b/\(other)")
        #expect(try folder.list(path("a")).map(\.publicId) == [own])
        let error = #expect(throws: Failure.self) { try folder.read(other, below: path("a")) }
        #expect(error?.code == .objectNotFound)
        let denied = #expect(throws: Failure.self) { try folder.list(path("a/link")) }
        #expect(denied?.code == .objectAccessDenied)
    }

    @Test func linksInPlaceOfAnObjectsFilesAreNotRead() throws {
        let object = try store("own", at: "a")
        try scratch.write("secret", to: "secret")
        try FileManager.default.removeItem(atPath: scratch("objects/c/a/\(object.publicId)/own.txt"))
        try link("objects/c/a/\(object.publicId)/own.txt", to: "secret")
        let error = #expect(throws: Failure.self) { try folder.read(object.publicId, below: path("a")) }
        #expect(error?.code == .objectNotFound)
    }

    @Test func noPathLeadsIntoAnObject() throws {
        let id = try store("one", at: "a").publicId
        let error = #expect(throws: Failure.self) { try store("two", at: "a/\(id)") }
        #expect(error?.code == .objectAccessDenied)
    }

    @Test(arguments: [
        (nil, "_"), ("", "%"), ("aZ-09", "aZ-09"), ("../x", "%2e%2e%2fx"), ("_", "%5f"), ("\n", "%0a"), ("é", "%c3%a9"),
        ("\u{10}", "%10"),
    ])
    func companiesHaveFoldersOfTheirOwn(company: String?, name: String) {
        #expect(ObjectFolder(root: "/objects", company: company).folder == "/objects/\(name)")
    }

    @Test(arguments: [
        ("a.txt", "a.txt"), ("", "_"), (".object.json", "_.object.json"), ("a/b\\c\u{1F}", "a_b_c_"), ("a b", "a b"),
        (String(repeating: "x", count: 300), String(repeating: "x", count: 200)),
    ])
    func anyNameIsKeptInAFile(name: String, file: String) throws {
        let object = try folder.store([1], name: name, contentType: "x/y", at: path(""))
        #expect(object.name == name)
        #expect(FileManager.default.fileExists(atPath: scratch("objects/c/\(object.publicId)/\(file)")))
        #expect(try folder.read(object.publicId, below: path("")).object.name == name)
    }
}
