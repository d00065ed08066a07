import FoundationEssentials

/// The instructions in SwiftPM's plan for linking the packages that functions use.
enum LinkCommand {
    /// Returns the paths in the lines of a `LinkFileList`. SwiftPM quotes paths with spaces and the like as a shell
    /// would.
    static func paths(inFileList lines: [String]) -> [String] {
        lines.map { line in
            guard line.count > 1, line.hasPrefix("'"), line.hasSuffix("'") else { return line }
            return String(line.dropFirst().dropLast().replacing(#"'\''"#, with: "'"))
        }
    }

    /// Returns the objects of the functions' packages that the worker does not contain.
    static func objects(_ objects: [String], notIn worker: [String]) -> [String] {
        let held = Set(worker)
        return objects.filter { !held.contains($0) && module(ofObject: $0) != "FunctionDependencies" }
    }

    /// Returns the module of an object: `Extra` for `.../Extra.build/extra.swift.o`.
    static func module(ofObject path: String) -> String? {
        let folder = path.split(separator: "/").dropLast().last { $0.hasSuffix(".build") }
        return folder.flatMap { $0 == ".build" ? nil : String($0.dropLast(".build".count)) }
    }

    /// Returns the linker's arguments for the libraries of a product's targets, from the lines of
    /// `.build/debug.yaml`.
    static func libraryArguments(ofProduct product: String, inManifest lines: [String]) -> [String] {
        let output = "/lib\(product).so\""
        let line = lines.first { $0.contains("  args: [") && $0.contains("\"-o\"") && $0.contains(output) }
        guard let line, let start = line.firstIndex(of: "["),
            let arguments = try? JSONDecoder().decode([String].self, from: Data(line[start...].utf8))
        else { return [] }
        var kept: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "-L" {
                kept += rest.popFirst().map { ["-L" + $0] } ?? []
            } else if argument == "-Xlinker" {
                kept += rest.popFirst().map { $0 == "-rpath=$ORIGIN" ? [] : [$0] } ?? []
            } else if argument.hasPrefix("-l") || argument.hasPrefix("-L") {
                kept.append(argument)
            }
        }
        return kept
    }
}
