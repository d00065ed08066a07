import RunningProcesses
import FoundationEssentials
import Glibc
import Logging

@testable import FunctionBuild

/// A folder of functions on disk with a build folder beside it, removed when nobody holds it any more.
final class FunctionProject: Sendable {
    let root: String
    let layout: BuildLayout

    /// How plain functions are compiled, without any package.
    static let inputs = CompileInputs(arguments: [
        "-module-name", "functions", "-enable-testing", "-parse-as-library", "-swift-version", "6", "-g", "-Onone",
    ])

    init(_ sources: [String: String] = [:]) throws {
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        root = "\(temporary)/functions-\(UUID().uuidString)"
        layout = BuildLayout(
            packageRoot: root + "/package", functionsFolder: root + "/functions", buildFolder: root + "/build")
        try FileManager.default.createDirectory(atPath: layout.functionsFolder, withIntermediateDirectories: true)
        for (name, text) in sources { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// A builder of this project; each call stands for a new start.
    func builder(_ inputs: CompileInputs = FunctionProject.inputs) async throws -> PluginBuilder {
        let builder = PluginBuilder(layout: layout, inputs: inputs, logger: Logger(label: "test"))
        try await builder.prepare()
        return builder
    }

    /// Writes a source in place, as an editor does.
    func write(_ name: String, _ text: String) throws {
        try write(name, bytes: Array(text.utf8))
    }

    func write(_ name: String, bytes: [UInt8]) throws {
        let url = URL(filePath: "\(layout.functionsFolder)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(layout.functionsFolder)/\(name)")
    }

    func rename(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(
            atPath: "\(layout.functionsFolder)/\(name)", toPath: "\(layout.functionsFolder)/\(other)")
    }

    /// Processes that work in the build folder.
    var processes: [RunningProcess] { RunningProcess.all.filter { $0.works(in: layout.buildFolder) } }
}

/// A plugin loaded into this process, for good: Swift code cannot be unloaded.
struct LoadedPlugin {
    private let address: UInt

    init(_ path: String) throws {
        guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw LoadError(message: unsafe dlerror().map { unsafe String(cString: $0) } ?? "")
        }
        address = UInt(bitPattern: handle)
    }

    /// Calls a C function without parameters, nil when there is none of that name.
    func call(_ name: String) -> Int? {
        guard let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: address), name) else { return nil }
        return unsafe unsafeBitCast(symbol, to: (@convention(c) () -> Int).self)()
    }

    /// Whether there is such a symbol.
    func has(_ name: String) -> Bool { unsafe dlsym(UnsafeMutableRawPointer(bitPattern: address), name) != nil }

    struct LoadError: Error { var message: String }
}

/// Waits until a condition holds; false when it does not within the time.
func eventually(within limit: Duration = .seconds(20), _ condition: () -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if condition() { return true }
        try await Task.sleep(for: .milliseconds(2))
    }
    return condition()
}

extension BuiltPlugin {
    /// What the plugin's C function `probe` answers.
    func probe() throws -> Int? { try LoadedPlugin(path).call("probe") }
}

/// A source whose C function `probe` answers a number.
func probe(_ value: Int) -> String { "@c public func probe() -> Int { \(value) }\n" }

/// A source that takes the compiler seconds.
func slowSource(_ index: Int) -> String {
    (0..<8).map { number in
        """
        func slow\(index)_\(number)(_ values: [String: [Int]]) -> [String: Double] {
            values.mapValues { $0.map { Double($0) * 1.5 }.filter { $0 > \(number) }.reduce(0, +) }
                .filter { $0.value > 1 && !$0.key.isEmpty }
        }

        """
    }.joined()
}
