/// A value for a stored property.
protocol FieldSample {
    /// Initializes the property in the memory of a struct that begins at `base`.
    ///
    /// The memory must have room for the struct, and the property must not be initialized yet.
    @unsafe func initialize(at base: UnsafeMutableRawPointer)
}

/// A value of the property's own type.
struct TypedFieldSample<Value>: FieldSample {
    /// The offset from the start of the struct, in bytes.
    let offset: Int
    let value: Value

    @unsafe func initialize(at base: UnsafeMutableRawPointer) {
        unsafe (base + offset).initializeMemory(as: Value.self, to: value)
    }
}
