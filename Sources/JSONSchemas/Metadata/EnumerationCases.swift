/// The values of enums without associated values.
enum EnumerationCases {
    /// The greatest number of values that are listed.
    static let limit = 1_000

    /// Returns every value of the type if it is an enum whose cases can be listed, or nil otherwise.
    static func all<T>(of type: T.Type) -> [T]? {
        guard TypeKind(type) == .enumeration else { return nil }
        if let listing = type as? any CaseIterable.Type, let listed = listed(listing, as: type) { return listed }
        return valuesFromLayout(of: type)
    }

    private static func listed<Listing: CaseIterable, T>(_ listing: Listing.Type, as type: T.Type) -> [T]? {
        var values: [T] = []
        for value in listing.allCases {
            guard values.count < limit, let value = value as? T else { return nil }
            values.append(value)
        }
        return values
    }

    /// Returns the values by their numbers in memory.
    ///
    /// An enum of n cases without associated values is stored as an integer below n, in no bytes for one case, one
    /// byte for up to 256 and two for up to 65,536 (docs/ABI/TypeLayout.rst, "C-Like Enums"), so every such integer
    /// is a value of the type. The type's descriptor contains the number of cases of each kind. Its form is part of
    /// the ABI (`TargetEnumDescriptor` in swift/ABI/Metadata.h).
    private static func valuesFromLayout<T>(of type: T.Type) -> [T]? {
        guard !TypeKind.isForeign(type), let count = emptyCaseCount(of: type), count <= limit else { return nil }
        switch MemoryLayout<T>.size {
        case 0 where count == 1: return unsafe [unsafeBitCast((), to: type)]
        case 1 where 2...256 ~= count:
            return (0..<count).map { unsafe unsafeBitCast(UInt8(truncatingIfNeeded: $0), to: type) }
        case 2 where 257...65_536 ~= count:
            return (0..<count).map { unsafe unsafeBitCast(UInt16(truncatingIfNeeded: $0), to: type) }
        default: return nil
        }
    }

    /// Returns the number of cases of an enum, or nil if some of them have associated values.
    ///
    /// The second word of an enum's metadata points to its descriptor, which consists of 32-bit fields: flags,
    /// parent, name, access function, fields, number of cases with associated values, number of cases without.
    private static func emptyCaseCount(of type: any Any.Type) -> Int? {
        let metadata = unsafe unsafeBitCast(type, to: UnsafePointer<UnsafeRawPointer>.self)
        let descriptor = unsafe metadata[1]
        let enumKind: UInt32 = 18
        guard unsafe descriptor.load(as: UInt32.self) & 0x1F == enumKind,
            unsafe descriptor.load(fromByteOffset: 20, as: UInt32.self) & 0xFF_FFFF == 0
        else { return nil }
        return unsafe Int(descriptor.load(fromByteOffset: 24, as: UInt32.self))
    }
}
