import ContextValues
import Failures
import TestSupport
import Testing
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Loading the context values", .supervised)
struct ContextValuesTests {
    private static let yaml = "context_values.yaml"
    private static let json = "context_values.json"
    private static let legacy = "context_config.json"
    private static let topIsTrue =
        "context_config.json:1:1: the top of the file must be a mapping of names to values, "
        + "found true or false"

    private func error(in folder: ScratchFolder) throws -> Failure {
        let path = folder.path
        return try #require(throws: Failure.self) { try ContextValues.load(from: path) }
    }

    @Test("the files are named by falling precedence")
    func names() {
        #expect(ContextValues.fileNames == [Self.yaml, Self.json, Self.legacy])
    }

    @Test("without a file there are no values and no source")
    func missing() throws {
        let folder = try ScratchFolder()
        #expect(try ContextValues.load(from: folder.path) == LoadedContextValues())
        #expect(try ContextValues.load(from: folder.path + "/nothing").values == [:])
    }

    @Test("the YAML file wins and is not deprecated")
    func yamlFirst() throws {
        let folder = try ScratchFolder()
        try folder.write("serviceAccount: {username: user, password: pass}\nport: 1_000\n", to: Self.yaml)
        try folder.write("not even JSON", to: Self.json)
        let loaded = try ContextValues.load(from: folder.path)
        #expect(loaded.values == ["serviceAccount": ["username": "user", "password": "pass"], "port": 1_000])
        #expect(loaded.source == Self.yaml)
        #expect(loaded.deprecationWarning == nil)
    }

    @Test("the JSON file comes second and is deprecated")
    func jsonSecond() throws {
        let folder = try ScratchFolder()
        try folder.write("{\"a\": 1e5}", to: Self.json)
        try folder.write("{\"values\": {\"a\": 2}}", to: Self.legacy)
        let loaded = try ContextValues.load(from: folder.path)
        #expect(loaded.values == ["a": .double(100_000)])
        #expect(loaded.source == Self.json)
        #expect(
            loaded.deprecationWarning == "context_values.json is deprecated. Move its values to context_values.yaml.")
    }

    @Test("the values of the old configuration come last and are deprecated")
    func legacyLast() throws {
        let folder = try ScratchFolder()
        try folder.write("{\"values\": {\"a\": 2}, \"other\": 3}", to: Self.legacy)
        let loaded = try ContextValues.load(from: folder.path)
        #expect(loaded.values == ["a": 2])
        #expect(loaded.source == Self.legacy)
        let warning =
            "context_config.json is deprecated. Move what is under its key \"values\" "
            + "to the top of context_values.yaml."
        #expect(loaded.deprecationWarning == warning)
    }

    @Test(
        "a file without content gives no values",
        arguments: [
            (yaml, ""), (yaml, "\n\n"), (yaml, "# a comment\n  # another\n"), (yaml, "---\n"),
            (yaml, "\u{FEFF}"),
            (yaml, "{}"), (json, ""), (json, " \n"), (json, "{}"), (legacy, ""), (legacy, "{}"),
            (legacy, "{\"values\": null}"), (legacy, "{\"other\": 1}"),
        ])
    func empty(file: String, text: String) throws {
        let folder = try ScratchFolder()
        try folder.write(text, to: file)
        let loaded = try ContextValues.load(from: folder.path)
        #expect(loaded.values == [:])
        #expect(loaded.source == file)
    }

    @Test("a byte order mark in front of JSON is passed over")
    func byteOrderMark() throws {
        let folder = try ScratchFolder()
        try folder.write("\u{FEFF}{\"a\": 1}", to: Self.json)
        #expect(try ContextValues.load(from: folder.path).values == ["a": 1])
    }

    /// A file with an error, and the description of that error.
    struct Invalid: Sendable, CustomTestStringConvertible {
        let file: String
        let text: String
        let description: String

        var testDescription: String { "\(file): \(text)" }
    }

    @Test(
        "a file that is not valid is an error at its place",
        arguments: [
            Invalid(
                file: yaml, text: "# values\n\n- a\n- b\n",
                description:
                    "context_values.yaml:3:1: the top of the file must be a mapping of names to values, found a list"),
            Invalid(
                file: yaml, text: "  text\n",
                description:
                    "context_values.yaml:1:3: the top of the file must be a mapping of names to values, found text"),
            Invalid(
                file: yaml, text: "a: 1\nb:\n    !foo c\n",
                description: "context_values.yaml:3:5: the tag is not known (put a text that begins with ! in quotes)"),
            Invalid(
                file: json, text: "\n [1]",
                description:
                    "context_values.json:2:2: the top of the file must be a mapping of names to values, found a list"),
            Invalid(
                file: json, text: "null",
                description:
                    "context_values.json:1:1: the top of the file must be a mapping of names to values, found null"),
            Invalid(
                file: yaml, text: "# none\n~\n",
                description:
                    "context_values.yaml:2:1: the top of the file must be a mapping of names to values, found null"),
            Invalid(file: legacy, text: "true", description: topIsTrue),
            Invalid(
                file: legacy, text: "{\"values\": [1]}",
                description: "context_config.json:1:12: \"values\" must be a mapping of names to values, found a list"),
        ])
    func invalid(_ one: Invalid) throws {
        let folder = try ScratchFolder()
        try folder.write(one.text, to: one.file)
        let error = try error(in: folder)
        #expect(error.message == one.description)
        #expect(error.remedy?.contains("read again when it changes") == true)
    }

    @Test("a mistake in JSON is an error at its place")
    func invalidJSON() throws {
        let folder = try ScratchFolder()
        try folder.write("{\n  \"a\": nope\n}", to: Self.json)
        let error = try error(in: folder)
        #expect(error.location?.file == Self.json)
        #expect(error.location?.line == 2)
        #expect(!error.message.isEmpty)
    }

    @Test("bytes that are not UTF-8 are an error at their place", arguments: [yaml, json, legacy])
    func notUTF8(file: String) throws {
        let folder = try ScratchFolder()
        try folder.write(Array("{\"a\":\n \"".utf8) + [0xFF] + Array("\"}".utf8), to: file)
        #expect(try error(in: folder).message == "\(file):2:3: the byte 0xFF is not valid UTF-8")
    }

    // MARK: - Files that cannot be read

    @Test("a folder in the place of the file is an error")
    func isFolder() throws {
        let folder = try ScratchFolder()
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/\(Self.yaml)", withIntermediateDirectories: false)
        let error = try error(in: folder)
        #expect(error.message == "context_values.yaml: it is a folder, not a file")
        #expect(error.remedy == "Remove the folder, or put a file under this name.")
    }

    @Test("a link to nothing is an error, not a missing file")
    func danglingLink() throws {
        let folder = try ScratchFolder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/\(Self.yaml)", withDestinationPath: "\(folder.path)/nothing")
        #expect(
            try error(in: folder).message == "\(Self.yaml): the file is a link to something that does not exist")
    }

    @Test("a link to a file is followed")
    func link() throws {
        let folder = try ScratchFolder()
        try folder.write("a: 1", to: "other.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/\(Self.yaml)", withDestinationPath: "other.yaml")
        #expect(try ContextValues.load(from: folder.path).values == ["a": 1])
    }

    @Test(
        "a file without the right to read it is an error that says so",
        .disabled(if: isRoot, "root may read every file"))
    func unreadable() throws {
        let folder = try ScratchFolder()
        try folder.write("a: 1", to: Self.yaml)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0], ofItemAtPath: "\(folder.path)/\(Self.yaml)")
        let error = try error(in: folder)
        #expect(error.message == "context_values.yaml: the file may not be read (permission denied)")
        #expect(error.remedy?.contains("right to read") == true)
    }

    @Test("a root that is a file is an error")
    func rootIsFile() throws {
        let folder = try ScratchFolder()
        try folder.write("a: 1", to: "file")
        let path = folder.path + "/file"
        let error = try #require(throws: Failure.self) { try ContextValues.load(from: path) }
        #expect(error.message.contains("cannot be read"))
    }

    @Test("a file larger than one read is loaded whole")
    func large() throws {
        let folder = try ScratchFolder()
        let text = String(repeating: "é", count: 200_000)
        try folder.write("a: \(text)\nb: 1\n", to: Self.yaml)
        #expect(try ContextValues.load(from: folder.path).values == ["a": .string(text), "b": 1])
    }

    /// Whether this process may read every file.
    private static let isRoot = FileManager.default.isReadableFile(atPath: "/etc/shadow")
}
