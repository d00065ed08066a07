/// The names of types in `$defs`: short names, or longer ones for types that have the same short name.
enum DefinitionNames {
    /// Returns a name for each of the given types. All names are different.
    static func names(of types: [any Any.Type]) -> [ObjectIdentifier: String] {
        var names: [ObjectIdentifier: String] = [:]
        var taken: Set<String> = []
        var open = types
        for candidate in [shortName, qualifiedName, fullName] {
            let groups = Dictionary(grouping: open) { candidate($0) }
            var clashing: [any Any.Type] = []
            for type in open {
                let name = candidate(type)
                if groups[name]?.count == 1, taken.insert(name).inserted {
                    names[ObjectIdentifier(type)] = name
                } else {
                    clashing.append(type)
                }
            }
            open = clashing
        }
        for type in open {
            var number = 1
            while !taken.insert("\(fullName(type))__\(number)").inserted { number += 1 }
            names[ObjectIdentifier(type)] = "\(fullName(type))__\(number)"
        }
        return names
    }

    /// Returns the type's own name, such as `Point` or `Box_Int_`.
    private static func shortName(_ type: any Any.Type) -> String { plain("\(type)") }

    /// Returns the name with those of the enclosing types, such as `Outer__Point`.
    private static func qualifiedName(_ type: any Any.Type) -> String {
        let path = visiblePath(of: type)
        return plain(path.dropFirst(path.count > 1 ? 1 : 0).joined(separator: "."))
    }

    /// Returns the name with those of the enclosing types and of the module.
    private static func fullName(_ type: any Any.Type) -> String {
        plain(visiblePath(of: type).joined(separator: "."))
    }

    /// Returns the names of the module, of the enclosing types and of the type itself, without functions and files,
    /// whose names differ in each run.
    private static func visiblePath(of type: any Any.Type) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        for character in String(reflecting: type) {
            if character == "<" || character == "(" { depth += 1 }
            if character == ">" || character == ")" { depth -= 1 }
            if character == ".", depth == 0 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        parts.append(part)
        return parts.filter { !$0.hasPrefix("(") }
    }

    private static func plain(_ name: String) -> String {
        var plain = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_": plain.unicodeScalars.append(scalar)
            case ".": plain += "__"
            default: plain += "_"
            }
        }
        return plain
    }
}
