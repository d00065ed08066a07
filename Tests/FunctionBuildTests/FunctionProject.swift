import RunningProcesses
import FoundationEssentials
import Glibc
import Logging

@testable import FunctionBuild
import TestSupport

/// A folder of functions on disk with a build folder beside it, both removed with this object.
final class FunctionProject: Sendable {
    let scratch: ScratchFolder
    var root: String { scratch.path }
    let layout: BuildLayout

    /// The inputs for compiling plain functions, without any package.
    static let inputs = CompileInputs(arguments: [
        "-module-name", "functions", "-enable-testing", "-parse-as-library", "-swift-version", "6", "-g", "-Onone",
    ])

    init(_ sources: [String: String] = [:]) throws {
        scratch = try ScratchFolder(named: "functions")
        layout = BuildLayout(
            packageRoot: scratch("package"), functionsFolder: scratch("functions"), buildFolder: scratch("build"))
        try FileManager.default.createDirectory(atPath: layout.functionsFolder, withIntermediateDirectories: true)
        for (name, text) in sources { try write(name, text) }
    }

    /// Creates a builder of this project; each call stands for a new start of the emulator.
    func builder(
        _ inputs: CompileInputs = FunctionProject.inputs, toolchain: Toolchain? = nil
    ) async throws -> PluginBuilder {
        let builder = PluginBuilder(
            layout: layout, inputs: inputs, toolchain: toolchain, logger: Logger(label: "test"))
        try await builder.prepare()
        return builder
    }

    /// Writes a source in place, as an editor does.
    func write(_ name: String, _ text: String) throws {
        try scratch.write(text, to: "functions/\(name)")
    }

    func write(_ name: String, bytes: [UInt8]) throws {
        try scratch.write(bytes, to: "functions/\(name)")
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(layout.functionsFolder)/\(name)")
    }

    func rename(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(
            atPath: "\(layout.functionsFolder)/\(name)", toPath: "\(layout.functionsFolder)/\(other)")
    }

    /// The processes that work in the build folder.
    var processes: [RunningProcess] { RunningProcess.all.filter { $0.works(in: layout.buildFolder) } }
}

/// A plugin that stays loaded in this process, because Swift code cannot be unloaded.
struct LoadedPlugin {
    private let address: UInt

    init(_ path: String) throws {
        guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw LoadError(message: unsafe dlerror().map { unsafe String(cString: $0) } ?? "")
        }
        address = UInt(bitPattern: handle)
    }

    /// Calls a C function without parameters; returns nil when there is none with that name.
    func call(_ name: String) -> Int? {
        guard let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: address), name) else { return nil }
        return unsafe unsafeBitCast(symbol, to: (@convention(c) () -> Int).self)()
    }

    /// Returns a Boolean value that indicates whether the plugin has such a symbol.
    func has(_ name: String) -> Bool { unsafe dlsym(UnsafeMutableRawPointer(bitPattern: address), name) != nil }

    struct LoadError: Error { var message: String }
}

extension BuiltPlugin {
    /// Returns the result of the plugin's C function `probe`.
    func probe() throws -> Int? { try LoadedPlugin(path).call("probe") }
}

/// Returns a source whose C function `probe` returns a number.
func probe(_ value: Int) -> String { "@c public func probe() -> Int { \(value) }\n" }

/// Returns a source that takes the compiler seconds.
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
