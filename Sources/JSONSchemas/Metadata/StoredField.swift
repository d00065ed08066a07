@_spi(Reflection) import Swift

/// A stored property of a struct.
struct StoredField {
    let type: any Any.Type
    /// The offset from the start of the struct, in bytes.
    let offset: Int

    /// Returns the stored properties of a struct if together they make up all of its memory, or nil otherwise.
    ///
    /// Every field returned is a struct, an enum, a tuple or an optional of these, which are stored as they are. A
    /// field that contains a class may be `weak` or `unowned`, and may therefore be stored differently from its type.
    static func fields(of type: any Any.Type) -> [StoredField]? {
        guard TypeKind(type) == .structure, !TypeKind.isForeign(type) else { return nil }
        var fields: [StoredField] = []
        var end = 0
        var isPlain = true
        // The type is a struct, which the function requires without the option for classes. The closure receives the
        // field's name as a pointer, which is not used.
        let isComplete = unsafe _forEachField(of: type) { _, offset, fieldType, _ in
            let (size, alignment) = layout(of: fieldType)
            // A field whose type the runtime does not know is reported as `()`. The next field then leaves a gap.
            isPlain = isPlain && isStoredAsItIs(fieldType) && offset == roundedUp(end, to: alignment)
            end = offset + size
            fields.append(StoredField(type: fieldType, offset: offset))
            return isPlain
        }
        return isComplete && isPlain && end == layout(of: type).size ? fields : nil
    }

    private static func isStoredAsItIs(_ type: any Any.Type) -> Bool {
        switch TypeKind(type) {
        case .structure, .enumeration, .tuple: true
        case .optional: (type as? any OptionalType.Type).map { isStoredAsItIs($0.wrapped) } ?? false
        case .other: false
        }
    }

    private static func layout(of type: any Any.Type) -> (size: Int, alignment: Int) {
        func open<T>(_ type: T.Type) -> (size: Int, alignment: Int) {
            (MemoryLayout<T>.size, MemoryLayout<T>.alignment)
        }
        return open(type)
    }

    private static func roundedUp(_ offset: Int, to alignment: Int) -> Int {
        (offset + alignment - 1) / alignment * alignment
    }
}
