import SystemSupport
import FoundationEssentials

/// The inputs and outputs of a package build, as lines that change when a file changes.
enum PackageStamp {
    /// Returns the whole text of a stamp, with the current state of the products.
    static func text(inputs: [String], layout: BuildLayout) -> String {
        // Every SwiftPM command rewrites its description, with the same contents as long as the manifest is the same.
        let description =
            "description.json is \(Files.isThere(layout.productsFolder + "/description.json") ? "there" : "missing")"
        return (inputs + outputs(layout).map(FileStamp.line) + [description]).joined(separator: "\n")
    }

    /// Returns the files that a build makes for the products.
    private static func outputs(_ layout: BuildLayout) -> [String] {
        let made = PackageBuild.products
        let libraries = (made.filter { $0 != "FunctionWorker" }).map { "lib\($0).so" }
        return (["FunctionWorker"] + libraries + made.map { "\($0).product/Objects.LinkFileList" })
            .map { "\(layout.productsFolder)/\($0)" }
    }

    /// Returns lines for the manifest, the sources, local packages and the toolchain.
    static func inputs(layout: BuildLayout, toolchain: Toolchain) -> [String] {
        (toolchain.files + manifests(layout) + sources(layout)).map(FileStamp.line)
    }

    /// Whether the last build that `Scripts/build` ran has made the products of what the inputs are now.
    ///
    /// Its stamp names the folder of the toolchain's programs. The time of the stamp's contents is when the build
    /// began, and the time of its last change is when it had ended: inputs must be older than the former, and products
    /// and plan no newer than the latter, so that nothing counts that was saved or built since.
    static func isBuilt(layout: BuildLayout, toolchain: Toolchain) -> Bool {
        let stamps = ["worker", "serving", "testing"].map { "\(layout.packageRoot)/.build/\($0).stamp" }
        let latest = stamps.compactMap { path in FileStamp(path: path).map { (path: path, stamp: $0) } }
            .max { $0.stamp.modified < $1.stamp.modified }
        guard let (path, stamp) = latest, let tools = Files.contents(of: path),
            String(decoding: tools, as: UTF8.self) == toolchain.tools
        else { return false }
        func isOlder(_ path: String) -> Bool { FileStamp(path: path).map { $0.changed < stamp.modified } ?? false }
        func isMade(_ path: String) -> Bool { FileStamp(path: path).map { $0.changed <= stamp.changed } ?? false }
        let resolved = layout.packageRoot + "/Package.resolved"
        // The build may have written Package.resolved itself.
        return (outputs(layout) + [layout.plan]).allSatisfy(isMade) && (isMade(resolved) || !Files.isThere(resolved))
            && (toolchain.files + [layout.packageRoot + "/Package.swift"] + sources(layout, withFolders: true))
                .allSatisfy(isOlder)
    }

    /// Returns the inputs after a build, which may itself have written `Package.resolved` and found local packages.
    static func updated(_ inputs: [String], layout: BuildLayout, toolchain: Toolchain) -> [String] {
        let now = self.inputs(layout: layout, toolchain: toolchain)
        let resolved = layout.packageRoot + "/Package.resolved"
        let old = Dictionary(inputs.map { (path($0), $0) }) { first, _ in first }
        // Lines of known files stay as they were before the build.
        return now.map { path($0) == resolved ? $0 : old[path($0), default: $0] }
    }

    private static func manifests(_ layout: BuildLayout) -> [String] {
        ["Package.swift", "Package.resolved"].map { "\(layout.packageRoot)/\($0)" }
    }

    /// Returns the path at the beginning of a line.
    private static func path(_ line: String) -> Substring {
        if line.hasSuffix(" missing") { return line.dropLast(" missing".count) }
        return line.wholeMatch(of: /(.+) \d+ -?\d+\.\d+ \d+/)?.1 ?? line[...]
    }

    /// The files of the targets that count, and of local packages.
    ///
    /// - Parameter withFolders: whether their folders count too, which are newer when a file was added or removed.
    private static func sources(_ layout: BuildLayout, withFolders: Bool = false) -> [String] {
        let all = layout.packageRoot + "/Sources"
        let others = emulatorTargets(layout)
        let targets = ((try? Files.entries(of: all)) ?? []).filter { !$0.hasPrefix(".") && !others.contains($0) }
        return (targets.map { "\(all)/\($0)" } + localPackages(layout)).flatMap {
            files(in: $0, withFolders: withFolders)
        }
    }

    /// The targets that only the emulator is made of, as it was linked last; a target that is in neither counts.
    private static func emulatorTargets(_ layout: BuildLayout) -> Set<String> {
        func modules(of product: String) -> [String] {
            let list = "\(layout.productsFolder)/\(product).product/Objects.LinkFileList"
            return (Files.lines(of: list).map(LinkCommand.paths) ?? []).compactMap(LinkCommand.module(ofObject:))
        }
        return Set(modules(of: "workspace")).subtracting(PackageBuild.products.flatMap(modules))
    }

    /// Returns all files in a folder and the folders in it, except for hidden ones.
    private static func files(in folder: String, withFolders: Bool) -> [String] {
        let entries = ((try? Files.entries(of: folder)) ?? []).filter { !$0.hasPrefix(".") }
        let files = entries.map { "\(folder)/\($0)" }.flatMap { path in
            FileStamp.isFolder(path) ? Self.files(in: path, withFolders: withFolders) : [path]
        }
        return withFolders ? [folder] + files : files
    }

    /// Returns the folders of packages that are used in place, so that their sources can change at any time.
    private static func localPackages(_ layout: BuildLayout) -> [String] {
        struct State: Decodable {
            struct Object: Decodable { var dependencies: [Dependency] }
            struct Dependency: Decodable {
                struct Place: Decodable {
                    var name: String
                    var path: String?
                }
                var state: Place
            }
            var object: Object
        }
        guard let contents = Files.contents(of: layout.packageRoot + "/.build/workspace-state.json"),
            let state = try? JSONDecoder().decode(State.self, from: contents)
        else { return [] }
        let local = state.object.dependencies.filter { ["fileSystem", "edited"].contains($0.state.name) }
        return local.compactMap(\.state.path).sorted()
    }
}
