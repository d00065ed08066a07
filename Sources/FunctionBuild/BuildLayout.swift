/// Where the package, the functions and the results of builds lie; all paths are absolute.
package struct BuildLayout: Sendable, Hashable {
    /// The folder that holds `Package.swift` and `.build`.
    package var packageRoot: String
    /// The folder of the functions, which may lie outside the package.
    package var functionsFolder: String
    /// The folder for everything a build writes; its contents belong to the builder alone.
    package var buildFolder: String
    /// The folder to which the paths in diagnostics are relative.
    package var workspaceRoot: String

    /// Creates a layout; without a workspace root the parent of the functions' folder is taken.
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
    /// SwiftPM's debug products.
    var productsFolder: String { packageRoot + "/.build/debug" }
    /// SwiftPM's plan of the last debug build.
    var plan: String { packageRoot + "/.build/debug.yaml" }
    /// Where the compiler writes; always the same path, because the driver remembers absolute paths.
    var workFolder: String { buildFolder + "/work" }
    /// The last build that succeeded, complete at any moment.
    var goodFolder: String { buildFolder + "/good" }
    /// The previous good build, there only while it is being replaced.
    var replacedFolder: String { buildFolder + "/good.old" }
    /// The plugins handed out, one per generation.
    var pluginsFolder: String { buildFolder + "/plugins" }
    /// The shared object of the packages that only the functions use.
    var dependenciesLibrary: String { buildFolder + "/libdeps.so" }
    /// What the shared object of the packages was linked from.
    var dependenciesStamp: String { buildFolder + "/libdeps.stamp" }
    /// Compile arguments kept from the last look into SwiftPM's description, which is large.
    var inputsCache: String { buildFolder + "/inputs.json" }
    /// What the last package build was made from; it goes when SwiftPM's folder goes.
    var packageStamp: String { packageRoot + "/.build/packages.stamp" }

    /// The plugin of that generation.
    func plugin(generation: Int) -> String { "\(pluginsFolder)/functions-\(generation).so" }

    /// The path as shown to the user: relative to the workspace where it lies inside.
    func shown(_ path: String) -> String {
        path.hasPrefix(workspaceRoot + "/") ? String(path.dropFirst(workspaceRoot.count + 1)) : path
    }

    /// A source's path as shown to the user, from its path within the functions' folder.
    func shown(source name: String) -> String { shown("\(functionsFolder)/\(name)") }
}

extension String {
    /// The folder of a path, `/` at the top.
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
