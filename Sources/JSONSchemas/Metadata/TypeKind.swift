/// The kind of a type, as far as it matters here.
enum TypeKind {
    case structure, enumeration, optional, tuple, other

    /// Determines the kind of the given type.
    ///
    /// A metatype is a pointer to the type's metadata, whose first word identifies the kind
    /// (swift/ABI/MetadataKind.def). For classes, this word is zero or a pointer, never one of the numbers here.
    /// Metadata lives as long as the process.
    init(_ type: any Any.Type) {
        let metadata = unsafe unsafeBitCast(type, to: UnsafePointer<UInt>.self)
        switch unsafe metadata.pointee {
        case 0x200: self = .structure
        case 0x201: self = .enumeration
        case 0x202: self = .optional
        case 0x301: self = .tuple
        default: self = .other
        }
    }

    /// Returns whether the type comes from C, Swift itself or Foundation, so that its memory differs from its fields
    /// or must not contain arbitrary values.
    static func isForeign(_ type: any Any.Type) -> Bool {
        let name = String(reflecting: type)
        return ["__C.", "Swift.", "Foundation.", "FoundationEssentials.", "Synchronization.", "(extension in "]
            .contains { name.hasPrefix($0) }
    }
}
