import Glibc
import TestSupport
import Testing

@testable import FileWatching

@Suite("Random edits", .supervised)
struct RandomEditsTests {
    /// Returns the contents of all relevant files, found without the watcher.
    private static func contents(of scratch: Scratch) -> [String: String] {
        let names = Scratch.shell(
            "find -L '\(scratch("functions"))' -name '.*' -prune -o -type f -name '*.swift' -print 2>&-")
        var contents: [String: String] = [:]
        for path in names.split(separator: "\n").map(String.init) { contents[path] = TextFile.read(path) }
        return contents
    }

    private static let folders = ["functions", "functions/a", "functions/a/b", "functions/c", "shared", "shared/d"]
    private static let names = ["1.swift", "2.swift", "x.txt"]

    private static func edit(_ scratch: Scratch, round: Int, with numbers: inout SeededGenerator) {
        guard let folder = folders.randomElement(using: &numbers), let other = folders.randomElement(using: &numbers),
            let name = names.randomElement(using: &numbers), let otherName = names.randomElement(using: &numbers)
        else { return }
        switch Int.random(in: 0..<12, using: &numbers) {
        case 0...3: scratch.writeAtOnce("round \(round)", to: "\(folder)/\(name)")
        case 4: scratch.makeFolder(folder)
        case 5: scratch.move("\(folder)/\(name)", to: "\(other)/\(otherName)")
        case 6: scratch.delete("\(folder)/\(name)")
        case 7: scratch.link("\(folder)/\(name)", to: scratch("\(other)/\(otherName)"))
        case 8: scratch.link(folder, to: scratch(other))
        case 9: scratch.move(folder, to: other)
        case 10 where round.isMultiple(of: 3): scratch.shell("rm -rf \(folder) 2>&-")
        default:
            scratch.writeAtOnce("round \(round)", to: "\(folder)/.\(name)")
            scratch.move("\(folder)/.\(name)", to: "\(folder)/\(name)")
        }
    }

    @Test(arguments: [1, 2, 3], [false, true]) func noEditGoesUnreported(seed: UInt64, comparing: Bool) async throws {
        var numbers = SeededGenerator(seed: seed)
        var watched = try Watched(options: .init(comparesAlways: comparing)) { $0.makeFolder("shared") }
        var old = Self.contents(of: watched.scratch)
        var edits = 0
        for round in 0..<200 {
            Self.edit(watched.scratch, round: round, with: &numbers)
            let changes = await watched.changes()
            let new = Self.contents(of: watched.scratch)
            for path in Set(old.keys).union(new.keys) where old[path] != new[path] {
                edits += 1
                let name = String(path.dropFirst(watched.scratch.path.utf8.count + 1))
                #expect(changes?.paths.contains(name) == true, "round \(round)")
            }
            old = new
            await Task.yield()
        }
        #expect(edits > 30)
    }
}
