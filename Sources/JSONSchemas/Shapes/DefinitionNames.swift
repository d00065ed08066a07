/// The names of types in `$defs`: short ones, and longer ones for types whose short names are the same.
enum DefinitionNames {
    /// A name for each of these types, all different.
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

    /// The type's name alone: `Point`, `Box_Int_`.
    private static func shortName(_ type: any Any.Type) -> String { plain("\(type)") }

    /// The name with those of the types around it: `Outer__Point`.
    private static func qualifiedName(_ type: any Any.Type) -> String {
        let path = visiblePath(of: type)
        return plain(path.dropFirst(path.count > 1 ? 1 : 0).joined(separator: "."))
    }

    /// The name with those of the types around it and of the module.
    private static func fullName(_ type: any Any.Type) -> String {
        plain(visiblePath(of: type).joined(separator: "."))
    }

    /// The module and the types around the type, without functions and files, whose names are different in each run.
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
