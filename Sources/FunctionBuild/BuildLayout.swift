/// The paths of the package, the functions and the build results. All paths are absolute.
package struct BuildLayout: Sendable, Hashable {
    /// The folder that holds `Package.swift` and `.build`.
    package var packageRoot: String
    /// The folder of the functions, which may lie outside the package.
    package var functionsFolder: String
    /// The folder for everything that a build writes. Only the builder may change its contents.
    package var buildFolder: String
    /// The folder to which the paths in diagnostics are relative.
    package var workspaceRoot: String

    /// Creates a layout. By default, the workspace root is the parent of the functions' folder.
    package init(packageRoot: String, functionsFolder: String, buildFolder: String, workspaceRoot: String? = nil) {
        self.packageRoot = Self.withoutTrailingSlash(packageRoot)
        self.functionsFolder = Self.withoutTrailingSlash(functionsFolder)
        self.buildFolder = Self.withoutTrailingSlash(buildFolder)
        self.workspaceRoot = Self.withoutTrailingSlash(workspaceRoot ?? self.functionsFolder.parentFolder)
    }

    private static func withoutTrailingSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}

extension BuildLayout {
    /// The folder of SwiftPM's debug products.
    var productsFolder: String { packageRoot + "/.build/debug" }
    /// SwiftPM's plan of the last debug build.
    var plan: String { packageRoot + "/.build/debug.yaml" }
    /// The folder that the compiler writes to. Its path never changes, because the driver remembers absolute paths.
    var workFolder: String { buildFolder + "/work" }
    /// The folder of the last build that succeeded, which is complete at any moment.
    var goodFolder: String { buildFolder + "/good" }
    /// The folder of the previous good build, which exists only while it is being replaced.
    var replacedFolder: String { buildFolder + "/good.old" }
    /// The folder of the published plugins, one per generation.
    var pluginsFolder: String { buildFolder + "/plugins" }
    /// The shared object of the packages that only the functions use.
    var dependenciesLibrary: String { buildFolder + "/libdeps.so" }
    /// A record of the inputs that the packages' shared object was linked from.
    var dependenciesStamp: String { buildFolder + "/libdeps.stamp" }
    /// The compile arguments from SwiftPM's description, kept because the description is large.
    var inputsCache: String { buildFolder + "/inputs.json" }
    /// A record of the inputs of the last package build. It lies in SwiftPM's folder, so that it is removed with it.
    var packageStamp: String { packageRoot + "/.build/packages.stamp" }

    /// Returns the path of a generation's plugin.
    func plugin(generation: Int) -> String { "\(pluginsFolder)/functions-\(generation).so" }

    /// Returns a path as it is shown to the user: relative to the workspace root if it lies inside.
    func shown(_ path: String) -> String {
        path.hasPrefix(workspaceRoot + "/") ? String(path.dropFirst(workspaceRoot.count + 1)) : path
    }

    /// Returns a source's path as it is shown to the user, from its path within the functions' folder.
    func shown(source name: String) -> String { shown("\(functionsFolder)/\(name)") }
}

extension String {
    /// The folder that contains the path, or `/` at the top.
    var parentFolder: String {
        guard let slash = lastIndex(of: "/"), slash != startIndex else { return "/" }
        return String(self[..<slash])
    }

    /// The last component of a path.
    var fileName: String {
        guard let slash = lastIndex(of: "/") else { return self }
        return String(self[index(after: slash)...])
    }
}
