import Foundation
import TestSupport
import Testing

/// Tests that each setting of the table has a flag that sets it.
@Suite(.supervised)
struct SettingFlagTests {
    /// The flags in `docs/settings.md`, which another test compares with the table.
    private static let flags: [String] = {
        let page = (try? String(contentsOfFile: inPackage("docs/settings.md"), encoding: .utf8)) ?? ""
        return page.split(separator: "\n").compactMap { line in
            line.hasPrefix("| `--") ? line.split(separator: "`").dropFirst().first.map(String.init) : nil
        }
    }()

    @Test func theHelpNamesThemAll() throws {
        let run = try WorkspaceCommandRun(["run", "--help"])
        #expect(try run.exitCode() == 0)
        #expect(Self.flags.count > 15)
        for flag in Self.flags { #expect(run.output.contains(flag), "\(run.output)") }
        #expect(run.output.contains("(HTTP_SERVER_PORT, default: 8020)"))
    }

    @Test(
        arguments: flags.filter {
            $0.hasSuffix("-ms") || $0.hasSuffix("-mb") || $0.hasSuffix("-max") || $0.contains("port")
        })
    func aFlagSetsItsSetting(flag: String) throws {
        let scratch = try ScratchWorkspace(["functions/a.swift": ""])
        let run = try WorkspaceCommandRun(["run", flag, "many", "--functions", scratch.functions])
        #expect(try run.exitCode() == 2)
        #expect(run.output.contains("'many' is no value for \(flag)"), "\(run.output)")
    }
}
