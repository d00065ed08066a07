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

    /// Whether a build by `Scripts/build` made the products from the current inputs.
    ///
    /// The time of its stamp is the time at which the build began, so that everything saved since then is newer.
    static func isBuilt(layout: BuildLayout, toolchain: Toolchain) -> Bool {
        let folder = layout.packageRoot + "/.build"
        let began = ["worker", "serving", "testing"].compactMap {
            FileStamp(path: "\(folder)/\($0).stamp")?.modified
        }.max()
        guard let began, let planned = FileStamp(path: layout.plan)?.changed else { return false }
        let sources = sources(layout)
        // A folder is newer if a file was added to it or removed.
        let all = toolchain.files + [layout.packageRoot + "/Package.swift"] + sources + Set(sources.map(\.parentFolder))
        // The build may have written Package.resolved itself, before its plan.
        return outputs(layout).allSatisfy(Files.isThere)
            && all.allSatisfy { FileStamp(path: $0).map { $0.changed < began } ?? false }
            && (FileStamp(path: layout.packageRoot + "/Package.resolved").map { $0.changed < planned } ?? true)
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
    private static func sources(_ layout: BuildLayout) -> [String] {
        let all = layout.packageRoot + "/Sources"
        let others = emulatorTargets(layout)
        let targets = ((try? Files.entries(of: all)) ?? []).filter { !$0.hasPrefix(".") && !others.contains($0) }
        return (targets.map { "\(all)/\($0)" } + localPackages(layout)).flatMap(files)
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
    private static func files(in folder: String) -> [String] {
        let entries = ((try? Files.entries(of: folder)) ?? []).filter { !$0.hasPrefix(".") }
        return entries.map { "\(folder)/\($0)" }.flatMap { path in
            FileStamp(path: path)?.kind == .folder ? files(in: path) : [path]
        }
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
